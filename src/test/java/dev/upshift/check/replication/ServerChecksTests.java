package dev.upshift.check.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Asked;
import dev.upshift.check.Check;
import dev.upshift.check.Inspection;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.Catalog.ServerFacts;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.ExampleProjects;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PostgresVersion;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked of servers before anything is copied from them. */
class ServerChecksTests {

    private String walLevel = "logical";
    private int freeSlots = 2;
    private int freeSenders = 2;
    private final List<String> away = new ArrayList<>();

    @Test
    void aSideThatCannotDecodeIsNamedWithTheStatement() {
        assertThat(ask(new WalLevel(Side.TARGET)))
                .isEqualTo(new GuardResult("wal-level", true, "The target writes logical WAL."));

        walLevel = "replica";

        assertThat(ask(new WalLevel(Side.SOURCE)))
                .isEqualTo(new GuardResult(
                        "wal-level",
                        false,
                        "source: wal_level is replica, with which nothing can be decoded, but the target is filled by"
                                + " logical replication. ALTER SYSTEM SET wal_level = logical; then restart it, a reload"
                                + " is not enough."));
    }

    /** One database needs a slot, and one more for table copies that run beside. */
    @Test
    void whatIsShortIsNamedWithItsSettingAlone() {
        assertThat(ask(new SlotCapacity()).allowed()).isTrue();

        freeSlots = 1;
        assertThat(ask(new SlotCapacity()))
                .isEqualTo(new GuardResult(
                        "capacity",
                        false,
                        "source: of slots, 1 are free and 2 needed. Raise max_replication_slots there, which needs a"
                                + " restart."));

        freeSenders = 0;
        assertThat(ask(new SlotCapacity()).reason()).contains("max_replication_slots", "max_wal_senders");
    }

    @Test
    void aSideThatIsAwayHasNotPassed() {
        assertThat(ask(new ServersReachable())).matches(GuardResult::allowed);
        assertThat(ask(new SideReachable(Side.SOURCE)).guard()).isEqualTo("source-reachable");

        away.add("db-new");

        assertThat(ask(new ServersReachable()))
                .isEqualTo(new GuardResult("servers-reachable", false, "db-new is away."));
        assertThat(ask(new SideReachable(Side.SOURCE)).allowed()).isTrue();
        assertThat(ask(new SideReachable(Side.TARGET)))
                .isEqualTo(new GuardResult("target-reachable", false, "db-new is away."));
    }

    private GuardResult ask(Check<Inspection> check) {
        Catalog catalog = ExamplePorts.proxy(
                Catalog.class,
                (method, arguments) -> new ServerFacts(
                        new PostgresVersion(130_000),
                        1,
                        false,
                        walLevel,
                        "upshift",
                        true,
                        true,
                        freeSlots,
                        freeSenders));
        PostgresSessions sessions = ExamplePorts.proxy(PostgresSessions.class, (method, arguments) -> {
            String host = ((Endpoint) arguments[0]).host();
            if (away.contains(host)) {
                throw new IllegalStateException(host + " is away.");
            }
            return ExamplePorts.proxy(PostgresSession.class, (asked, none) -> null);
        });
        return Asked.guard(check, ExampleProjects.shop(), catalog, sessions);
    }
}
