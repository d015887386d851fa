package dev.upshift.switchover.internal.check.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.CheckOutcome;
import dev.upshift.check.CheckResult.NotApplicable;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Proves;
import dev.upshift.check.RealSides;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.SubscriberRoom;
import dev.upshift.postgres.schema.SchemaDrift;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.check.RealSwitch;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each check finds something on real servers, and lets pass once that was mended. */
@ExtendWith(SharedServers.class)
class SchemaChecksIT {

    /** The schema public is another one in each major. */
    private static final String TABLE =
            "drop schema public; create schema shop; create table shop.item (id int primary key, name text)";

    private static final String INDEX = "create index item_name on shop.item (name)";

    @ParameterizedTest
    @Proves("source-origins")
    @CsvSource({"13, 18, SOURCE, max_replication_slots", "13, 18, TARGET, max_active_replication_origins"})
    void aSideWithoutOriginsIsNamedWithItsSetting(int source, int target, Side from, String setting) {
        RealSides sides = new RealSides(source, target);
        RealSwitch sw = RealSwitch.of(sides, from);
        WayBackOrigins check = new WayBackOrigins(RealSides.bean(SubscriberRoom.class));
        assertThat(sw.passes(check)).isTrue();

        sides.on(from, """
                select pg_replication_origin_create('taken ' || n)
                from generate_series(1, current_setting('%s')::int - (select count(*) from pg_replication_origin)) n
                """.formatted(setting));
        try {
            assertThat(sw.findings(check)).singleElement().satisfies(finding -> {
                assertThat(finding.place()).isEqualTo(Place.on(from));
                assertThat(finding.objects()).containsExactly(setting);
                assertThat(finding.remedy()).isEqualTo("Raise %s there, which needs a restart.".formatted(setting));
            });
        } finally {
            sides.on(
                    from,
                    "select pg_replication_origin_drop(roname) from pg_replication_origin where roname like 'taken %'");
        }
        assertThat(sw.passes(check)).isTrue();
    }

    @ParameterizedTest
    @Proves("schema-drift")
    @CsvSource({"13, 18", "17, 18"})
    void whatDiffersIsNamedAndItsStatementMakesBothSidesAlike(int source, int target) {
        // servers of its own: other tests leave roles on those that they share, and roles are compared too
        try (PostgresCluster old = SharedServers.own(source);
                PostgresCluster current = SharedServers.own(target)) {
            seeWhatDiffers(new RealSides(old, current));
        }
    }

    private static void seeWhatDiffers(RealSides sides) {
        DriftedSchemas check = new DriftedSchemas(RealSides.bean(SchemaDrift.class));
        RealSwitch over = RealSwitch.of(sides, Side.SOURCE);
        RealSwitch back = RealSwitch.of(sides, Side.TARGET);
        for (Side side : Side.values()) {
            sides.on(side, TABLE);
        }
        assertThat(over.ask(check).words()).isEqualTo("Both sides have the same schema, roles and settings.");

        sides.onSource(INDEX);
        Finding index = only(over, check);
        assertThat(index.place()).isEqualTo(Place.onBoth(sides.database()));
        assertThat(index.objects()).containsExactly("index shop.item_name");
        assertThat(index.sentence())
                .isEqualTo(sides.database()
                        + ": index shop.item_name is missing on the target. Make it the same on both sides.");
        assertThat(over.ask(check).allows()).isFalse();
        assertThat(accepting(over).ask(check).allows()).isTrue();
        CheckOutcome goingBack = back.ask(check);
        assertThat(goingBack.result()).isInstanceOf(NotApplicable.class);
        assertThat(goingBack.words()).startsWith("Going back does not wait for what is different: ");
        sides.onTarget(INDEX);
        assertThat(over.passes(check)).isTrue();

        sides.onSource("alter table shop.item add colour text");
        Finding column = only(over, check);
        assertThat(column.acceptable()).isFalse();
        assertThat(accepting(over).ask(check).allows()).as("stops replication").isFalse();
        assertThat(accepting(back).ask(check).allows()).as("stops its way back").isTrue();
        assertThat(back.ask(check).allows()).isFalse();
        sides.onTarget(RealSwitch.statement(column, "(?<=On the target: ).*;"));
        assertThat(over.passes(check)).isTrue();

        sides.onTarget("alter table shop.item add size int");
        assertThat(accepting(over).ask(check).allows()).as("stops the way back").isFalse();
        assertThat(only(over, check).remedy()).isEqualTo("Make it the same on both sides.");
        assertThat(accepting(back).ask(check).allows()).as("stops replication").isFalse();
        sides.onSource("alter table shop.item add size int");
        assertThat(over.passes(check)).isTrue();
    }

    private static RealSwitch accepting(RealSwitch sw) {
        return sw.with("accepted", List.of(Acceptance.SCHEMA_DRIFT));
    }

    private static Finding only(RealSwitch sw, DriftedSchemas check) {
        List<Finding> findings = sw.findings(check);
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }
}
