package dev.upshift.transfer.internal.closing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.CheckOutcome;
import dev.upshift.check.CheckResult;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.NotApplicable;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Proves;
import dev.upshift.check.RealSides;
import dev.upshift.check.Witness;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.records.LinkRecords;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of both sides before everything of ours is taken away. */
@ExtendWith(SharedServers.class)
class ClosingChecksIT {

    private static final Pattern STATEMENT = Pattern.compile("(SELECT pg_terminate|ALTER DATABASE)[^;]*;");

    /** Also after a rollback: it is the side that does not serve of which it is asked what became of it. */
    @ParameterizedTest
    @Proves({"source-reachable", "target-reachable"})
    @CsvSource({"13, 17, SOURCE", "13, 17, TARGET", "17, 18, SOURCE", "17, 18, TARGET"})
    void whereWeAreNotLetInIsNamedAndTheStatementsHelp(int source, int target, Side serving) {
        RealSides sides = new RealSides(source, target);
        String database = sides.database();
        Project project = sides.project(Phase.ROLLED_BACK, serving);
        Side idle = serving.other();
        String link = LinkNames.link(project.slug(), database, serving.outbound());
        sides.cluster(idle).execute(database, """
                create subscription %s connection 'host=127.0.0.1 port=1' publication none
                with (connect = false, slot_name = none, enabled = false)""".formatted(link));
        assertThat(List.of(result(project, serving), result(project, idle))).containsOnly(new Passed());

        // of the one that serves nobody asks what became of it
        rename(sides, serving, database, "away");
        assertThat(found(result(project, serving)))
                .isEqualTo(new Finding(
                        Place.on(serving, database),
                        List.of(database),
                        "PostgreSQL at %s has no database %s."
                                .formatted(project.cluster(serving).endpoint().address(), database),
                        "Check its spelling, or create it."));
        assertThat(result(project, idle)).isEqualTo(new Passed());
        rename(sides, serving, "away", database);

        rename(sides, idle, database, "It's away");
        Finding renamed = found(result(project, idle));
        assertThat(renamed.place()).isEqualTo(Place.on(idle));
        assertThat(renamed.objects()).containsExactly(database + " (now It's away)");
        assertThat(renamed.reason())
                .startsWith("there are databases of the project under another name: %s (now It's away). What is ours"
                        .formatted(database));
        assertThat(result(project, serving)).isEqualTo(new Passed());
        statements(renamed.remedy()).forEach(statement -> sides.cluster(idle).execute("postgres", statement));
        assertThat(result(project, idle)).isEqualTo(new Passed());

        sides.cluster(idle).execute(database, "drop subscription " + link);
        sides.cluster(idle).execute("postgres", "drop database " + database);
        assertThat(result(project, idle))
                .isInstanceOfSatisfying(
                        NotApplicable.class,
                        gone -> assertThat(gone.reason())
                                .contains("does not answer: ", "type “checked without %s”".formatted(idle.word())));
        assertThat(result(project, serving)).isEqualTo(new Passed());
    }

    private static CheckResult result(Project project, Side side) {
        List<CheckOutcome> outcomes = ClosingBench.beforeAbandon(
                project,
                RealSides.ports(ExamplePorts.proxy(LinkRecords.class, (method, arguments) -> Optional.empty())));
        CheckOutcome outcome = side == Side.SOURCE ? outcomes.getFirst() : outcomes.getLast();
        assertThat(outcome.check()).isEqualTo(side.word() + "-reachable");
        Witness.saw(outcome);
        return outcome.result();
    }

    private static Finding found(CheckResult result) {
        assertThat(result).isInstanceOf(Found.class);
        return ((Found) result).findings().getFirst();
    }

    private static void rename(RealSides sides, Side side, String from, String to) {
        sides.cluster(side).execute("postgres", "alter database \"%s\" rename to \"%s\"".formatted(from, to));
    }

    private static List<String> statements(String remedy) {
        return STATEMENT.matcher(remedy).results().map(MatchResult::group).toList();
    }
}
