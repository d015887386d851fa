package dev.upshift.check.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Asked;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.Catalog.RowSecurity;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.ExampleProjects;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PostgresVersion;
import dev.upshift.shared.TableName;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowSecurityCheckTests {

    private List<RowSecurity> onSource = List.of();
    private List<RowSecurity> onTarget = List.of();
    private int sourceMajor = 16;

    @Test
    void noneIsFine() {
        assertThat(looked())
                .isEqualTo(new GuardResult(
                        "row-security",
                        true,
                        "No row security hides rows from our role, or refuses changes that are applied."));
    }

    @Test
    void whatACopyWouldLackIsNamedOfTheSourceAlone() {
        onTarget = List.of(table("orders", true, false));
        assertThat(looked().allowed()).isTrue();

        onSource = onTarget;
        assertThat(looked().allowed()).isFalse();
        assertThat(looked().reason())
                .contains("shop on the source: row security hides rows of public.orders", "BYPASSRLS")
                .doesNotContain("forced");
    }

    /** Up to 15 changes are applied as the subscription's owner. */
    @Test
    void anOwnerWhoIsBoundIsNamedOfEachSideThatAppliesAsHim() {
        onSource = IntStream.range(0, 9)
                .mapToObj(number -> table("t" + number, false, true))
                .toList();
        onTarget = List.of(table("orders", false, true));
        assertThat(looked().reason())
                .contains(
                        "shop on the source: row security is forced on the owner (tenant) of public.t0",
                        "and 4 more",
                        "NO FORCE")
                .contains("shop on the target: row security is forced on the owner (tenant) of public.orders")
                .doesNotContain("hides");

        sourceMajor = 15;
        assertThat(looked().reason()).contains("on the target").doesNotContain("on the source");
    }

    private static RowSecurity table(String name, boolean hides, boolean bindsOwner) {
        return new RowSecurity(new TableName("public", name), "tenant", hides, bindsOwner);
    }

    private GuardResult looked() {
        PostgresSessions sessions = ExamplePorts.proxy(PostgresSessions.class, (method, arguments) -> {
            boolean source = ((Endpoint) arguments[0]).host().equals("db-old");
            return ExamplePorts.proxy(PostgresSession.class, (asked, none) -> switch (asked) {
                case "version" -> new PostgresVersion((source ? sourceMajor : 18) * 10_000);
                case "backendPid" -> source ? 1 : 2;
                default -> null;
            });
        });
        Catalog catalog = ExamplePorts.proxy(
                Catalog.class, (method, arguments) -> ExamplePorts.isOnSource(arguments[0]) ? onSource : onTarget);
        return Asked.guard(new RowSecurityCheck(), ExampleProjects.shop(), sessions, catalog);
    }
}
