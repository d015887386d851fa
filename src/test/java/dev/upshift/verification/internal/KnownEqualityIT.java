package dev.upshift.verification.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.CheckOutcome;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Proves;
import dev.upshift.check.RealSides;
import dev.upshift.check.Witness;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.metadata.TestMetadata;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.rows.ComparedRows;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.records.LinkRecords;
import dev.upshift.shared.Side;
import dev.upshift.shared.Waiting;
import dev.upshift.transfer.internal.closing.ClosingBench;
import dev.upshift.verification.Verifications;
import dev.upshift.verification.internal.procedure.VerifyingBench;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Before an upgrade is finished it is said how equal both sides were found to be. Nothing replicates here. */
@ExtendWith(SharedServers.class)
class KnownEqualityIT {

    private static final String LAST_CHANCE =
            "After this nothing is compared any more, and there is no way back: verify before, or finish knowing that.";

    @ParameterizedTest
    @Proves("verification")
    @CsvSource({"13, 17", "17, 18"})
    void whatTheLastComparisonFoundIsTold(int source, int target) {
        RealSides sides = new RealSides(source, target);
        Project project = sides.project(Phase.CUT_OVER, Side.TARGET);
        Verifications verifications = verifications(project);
        sides.onBoth("create table counted (id int primary key); insert into counted select generate_series(1, 9)");

        assertThat(verification(project, verifications).words())
                .isEqualTo("Both sides were never compared: no Verify has come to a result. " + LAST_CHANCE);

        verifications.verify(project.slug(), database -> {}, sentence -> {});
        CheckOutcome equal = verification(project, verifications);
        assertThat(equal.result()).isEqualTo(new Passed());
        assertThat(equal.words()).startsWith("The last comparison, of ").endsWith(", found 1 tables equal.");

        sides.onSource("delete from counted where id = 7");
        verifications.verify(project.slug(), database -> {}, sentence -> {});
        CheckOutcome different = verification(project, verifications);
        assertThat(different.allows()).isTrue();
        assertThat(different.words())
                .startsWith("The last comparison, of ")
                .contains("did not prove 1 of 1 tables equal, among them " + sides.database() + ": public.counted; ");
        assertThat(different.result()).isInstanceOfSatisfying(Found.class, found -> {
            Finding finding = found.findings().getFirst();
            assertThat(finding.place()).isEqualTo(Place.ofProject());
            assertThat(finding.objects()).containsExactly(sides.database() + ": public.counted");
            assertThat(finding.remedy()).isEqualTo(LAST_CHANCE);
        });
    }

    private static CheckOutcome verification(Project project, Verifications verifications) {
        CheckOutcome outcome = ClosingBench.beforeFinish(
                        project,
                        RealSides.ports(ExamplePorts.proxy(LinkRecords.class, (method, arguments) -> Optional.empty())),
                        VerifyingBench.knownEquality(verifications))
                .getLast();
        Witness.saw(outcome);
        return outcome;
    }

    private static Verifications verifications(Project project) {
        return new StoredVerifications(
                new OneProject(project),
                RealSides.bean(PostgresSessions.class),
                RealSides.bean(Catalog.class),
                new VerificationRows(new JdbcTemplate(TestMetadata.migrated().dataSource())),
                new DatabaseComparisons(
                        RealSides.bean(PostgresSessions.class),
                        new VerificationSettings(2),
                        RealSides.bean(ComparedRows.class),
                        new Waiting(Clock.systemUTC())),
                Clock.systemUTC());
    }
}
