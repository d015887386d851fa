package dev.upshift.switchover.internal.check.role;

import static dev.upshift.engine.procedure.ExamplePorts.proxy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Finding;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.pooler.internal.configuration.IniTexts;
import dev.upshift.postgres.role.Roles;
import dev.upshift.postgres.role.Roles.SignInRoles;
import dev.upshift.project.ExampleProjects;
import dev.upshift.project.Project;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ApplicationLogin;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.check.pooler.SeenPoolersBench;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose pools count, where no role of theirs is known on either side. */
class SeenUsersTests {

    @Test
    void whatAnEarlierProofLeftBehindIsNoClient() {
        assertThat(lockedOut(pool("upshift", 0, 0, 2))).isEmpty();
        assertThat(lockedOut(pool("app", 0, 0, 2)))
                .as("the login that the project names")
                .isEmpty();
    }

    @Test
    void othersCountWhileTheirPoolsAreOpenAndTheConsolesUserWhileHeHasClients() {
        assertThat(lockedOut(pool("reports", 0, 0, 1)))
                .singleElement()
                .asString()
                .contains("reports, who may not sign in");
        assertThat(lockedOut(pool("upshift", 1, 0, 0)))
                .singleElement()
                .asString()
                .contains("as upshift");
        assertThat(lockedOut(pool("upshift", 0, 1, 0)))
                .singleElement()
                .asString()
                .contains("as upshift");
    }

    private static List<String> lockedOut(Pool pool) {
        ConfigurationStores stores = proxy(
                ConfigurationStores.class,
                (of, location) -> proxy(
                        ConfigurationStore.class, (read, there) -> IniTexts.of("[databases]\nshop = host=db-old\n")));
        Roles nobody = proxy(Roles.class, (method, arguments) -> new SignInRoles(true, Map.of()));
        PoolerConsole console = proxy(PoolerConsole.class, (method, arguments) -> switch (method) {
            case "databases" ->
                List.of(new DatabaseEntry("shop", "db-old", 5432, "shop", null, null, false, false, 1, 0));
            case "pools" -> List.of(pool);
            case "config", "state" -> Map.of();
            default -> null;
        });
        try (Switch sw = new Switch(naming("app"), Side.SOURCE, ExamplePorts.of(stores, nobody))) {
            return new SeenUsers(sw, SeenPoolersBench.seen(sw, console))
                    .lockedOut().stream().map(Finding::sentence).toList();
        }
    }

    private static Pool pool(String user, int active, int waiting, int ready) {
        return new Pool("shop", user, active, waiting, 0, ready, 0, Duration.ZERO, "transaction");
    }

    /** The example with a login of the application for its poolers. */
    private static Project naming(String user) {
        Project shop = ExampleProjects.shop();
        return new Project(
                shop.id(),
                shop.slug(),
                shop.name(),
                shop.source(),
                shop.target(),
                shop.databases(),
                shop.poolers().stream()
                        .map(pooler -> new PoolerAddress(
                                pooler.name(),
                                pooler.console(),
                                pooler.configuration(),
                                new ApplicationLogin(user, new Secret("app secret"))))
                        .toList(),
                shop.settings(),
                shop.phase(),
                shop.servingSide(),
                shop.revision(),
                ExampleProjects.CREATED,
                ExampleProjects.CREATED);
    }
}
