package dev.upshift.dashboard.web.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.dashboard.web.project.PhaseStep.State;
import dev.upshift.dashboard.web.situation.Situation;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures.Available;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunFacts;
import dev.upshift.engine.RunStatus;
import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NextTests {

    private static final Instant NOW = Instant.parse("2026-11-21T10:40:45Z");

    private final List<Run> runs = new ArrayList<>();

    @Test
    void whoeverReplicatesComparesBeforeCuttingOver() {
        ran(ProcedureName.REPLICATE, RunStatus.SUCCEEDED);
        assertThat(primary(Phase.REPLICATING)).isEqualTo("Verify");

        ran(ProcedureName.VERIFY, RunStatus.SUCCEEDED);
        assertThat(Next.of(situation(Phase.REPLICATING)).primary())
                .isEqualTo(new Next.Action("Rehearse", "/rehearsal", true));
        assertThat(Next.of(situation(Phase.REPLICATING)).others())
                .extracting(Next.Action::title)
                .contains("Cut over");

        ran(ProcedureName.REHEARSE, RunStatus.SUCCEEDED);
        assertThat(primary(Phase.REPLICATING)).isEqualTo("Cut over");
        assertThat(names(State.NOW, Phase.REPLICATING)).containsExactly("Cut over");
    }

    @Test
    void aComparisonThatFoundSomethingDoesNotCount() {
        ran(ProcedureName.REPLICATE, RunStatus.SUCCEEDED);
        ran(ProcedureName.VERIFY, RunStatus.ABORTED);

        assertThat(primary(Phase.REPLICATING)).isEqualTo("Verify");
    }

    @Test
    void aComparisonFromBeforeASwitchDoesNotCount() {
        ran(ProcedureName.VERIFY, RunStatus.SUCCEEDED);
        ran(ProcedureName.CUTOVER, RunStatus.SUCCEEDED);
        ran(ProcedureName.ROLLBACK, RunStatus.SUCCEEDED);

        assertThat(primary(Phase.ROLLED_BACK)).isEqualTo("Verify");
        assertThat(names(State.DONE, Phase.ROLLED_BACK)).contains("Copy schema", "Replicate");
    }

    @Test
    void aRehearsalThatWasLeftOutIsNotShownAsDone() {
        ran(ProcedureName.CUTOVER, RunStatus.SUCCEEDED);

        assertThat(names(State.DONE, Phase.CUT_OVER)).doesNotContain("Rehearse").contains("Cut over");
    }

    @Test
    void aRunThatGoesOnIsTheOnlyThingToDo() {
        ran(ProcedureName.REPLICATE, RunStatus.RUNNING);
        Next next = Next.of(situation(Phase.SCHEMA_COPIED));

        assertThat(next.primary()).isEqualTo(new Next.Action("Watch run 1", "/runs/1", false));
        assertThat(next.others()).isEmpty();
        assertThat(next.words()).isEqualTo("run 1 is under way");
    }

    @Test
    void aRunThatIsStuckAsksForAPerson() {
        ran(ProcedureName.CUTOVER, RunStatus.BLOCKED);

        assertThat(Next.of(situation(Phase.REPLICATING)).words()).isEqualTo("run 1 needs a person");
        assertThat(situation(Phase.REPLICATING).health().word()).isEqualTo("a run needs a person");
    }

    @Test
    void whatIsOverHasNothingNext() {
        assertThat(Next.of(situation(Phase.FINISHED)).primary()).isNull();
        assertThat(names(State.DONE, Phase.FINISHED)).hasSize(6);
    }

    @Test
    void anAbandonedProjectShowsHowFarItCame() {
        ran(ProcedureName.COPY_SCHEMA, RunStatus.SUCCEEDED);
        ran(ProcedureName.ABANDON, RunStatus.SUCCEEDED);

        assertThat(names(State.DONE, Phase.ABANDONED)).containsExactly("Copy schema");
        assertThat(names(State.NOW, Phase.ABANDONED)).isEmpty();
    }

    @Test
    void afterTheCutoverOneWatches() {
        assertThat(names(State.NOW, Phase.CUT_OVER)).containsExactly("Watch");
        assertThat(primary(Phase.CUT_OVER)).isEqualTo("Finish");
        assertThat(Next.of(situation(Phase.CUT_OVER)).invites())
                .as("first somebody watches")
                .isFalse();
        assertThat(Next.of(situation(Phase.REPLICATING)).invites()).isTrue();
    }

    private String primary(Phase phase) {
        Next.Action action = Next.of(situation(phase)).primary();
        assertThat(action).isNotNull();
        return action.title();
    }

    private List<String> names(State state, Phase phase) {
        return PhaseStep.of(situation(phase)).stream()
                .filter(step -> step.state() == state)
                .map(PhaseStep::name)
                .toList();
    }

    private void ran(ProcedureName procedure, RunStatus status) {
        int number = runs.size() + 1;
        Instant began = NOW.plusSeconds(60L * number);
        runs.addFirst(new Run(
                number,
                "shop",
                number,
                procedure,
                status,
                "9f3c51a2",
                "mara",
                began,
                status.isOver() ? began.plusSeconds(5) : null,
                1,
                null,
                null,
                RunFacts.NONE));
    }

    private Situation situation(Phase phase) {
        Cluster cluster = new Cluster(
                new Endpoint("10.0.0.5", 5432, "upshift", new Secret("x"), SslMode.PREFER), null, null, null);
        Project project = new Project(
                1,
                "shop",
                "Shop",
                cluster,
                cluster,
                List.of("shop"),
                List.of(),
                ProjectSettings.DEFAULTS,
                phase,
                Side.SOURCE,
                1,
                NOW,
                NOW);
        List<Available> all = Arrays.stream(ProcedureName.values())
                .map(name -> new Available(name, null))
                .toList();
        return new Situation(project, null, phase.isFinal() ? List.of() : all, List.copyOf(runs));
    }
}
