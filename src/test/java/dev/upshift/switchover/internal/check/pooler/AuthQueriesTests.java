package dev.upshift.switchover.internal.check.pooler;

import static dev.upshift.engine.procedure.ExamplePorts.proxy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.CheckList;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.internal.configuration.IniTexts;
import dev.upshift.postgres.role.PasswordLookups;
import dev.upshift.postgres.role.PasswordLookups.Right;
import dev.upshift.postgres.role.Roles;
import dev.upshift.postgres.role.Roles.SignInRole;
import dev.upshift.postgres.role.Roles.SignInRoles;
import dev.upshift.project.ExampleProjects;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of two poolers that look up passwords alike, as somebody whom both sides know. */
class AuthQueriesTests {

    private static final SignInRole LOGIN = role(true, true);

    private String file = "[databases]\nshop = host=db-old dbname=shop\n";
    private Map<String, String> config = Map.of("auth_user", "asker", "auth_query", "select a, b from pg_authid");
    private final Map<Boolean, SignInRole> roles = new HashMap<>(Map.of(true, LOGIN, false, LOGIN));
    private final Map<Boolean, List<Right>> rights = new HashMap<>(Map.of(true, reads(true), false, reads(true)));
    private final List<String> asked = new ArrayList<>();

    @Test
    void whatIsAllowedOnBothSidesIsFine() {
        assertThat(look()).returns(true, GuardResult::allowed);
        assertThat(asked).as("both poolers, both sides").hasSize(4).containsOnly("asker");
    }

    @Test
    void columnsAreAskedForWhereOnlyColumnsWereGiven() {
        rights.put(true, List.of(read("rolname", true), read("rolpassword", true), read("oid", false)));
        rights.put(false, List.of(read("rolname", true), read("rolpassword", false), read("oid", false)));
        assertThat(refusal()).contains("GRANT SELECT (rolpassword) ON TABLE pg_catalog.pg_authid TO asker;");
    }

    @Test
    void whatIsMissingThereIsNamed() {
        rights.put(false, List.of());
        assertThat(refusal()).contains("there is no table pg_catalog.pg_authid");
    }

    @Test
    void aRoleThatCannotSignInThereIsNamed() {
        roles.put(false, role(true, false));
        assertThat(refusal()).contains("GRANT CONNECT ON DATABASE \"shop\" TO \"asker\"");
        roles.put(false, role(false, true));
        assertThat(refusal()).contains("ALTER ROLE \"asker\" LOGIN");
        roles.remove(false);
        assertThat(refusal()).contains("there is no such role");
    }

    @Test
    void whatDoesNotWorkNowIsNotLost() {
        rights.put(true, reads(false));
        rights.put(false, reads(false));
        assertThat(look().allowed()).isTrue();
        roles.clear();
        assertThat(look().allowed()).isTrue();
    }

    @Test
    void anEntrysOwnSettingsGoBeforeThePoolers() {
        file = "[databases]\nshop = host=db-old dbname=shop auth_user=other auth_query='select 1'\n";
        assertThat(refusal()).contains("as other is not proven");
    }

    @Test
    void nobodyIsAskedWhereNothingIsLookedUpOnTheSideThatIsLeft() {
        config = Map.of("auth_user", "", "auth_query", "select 1");
        assertThat(look().reason()).startsWith("No pooler looks up passwords");
        config = Map.of("auth_user", "asker", "auth_query", "select 1", "auth_dbname", "elsewhere");
        assertThat(look().reason()).startsWith("No pooler looks up passwords");
        assertThat(asked).isEmpty();
    }

    private String refusal() {
        return refusal(ExampleProjects.shop());
    }

    private String refusal(Project project) {
        GuardResult result = look(project);
        assertThat(result.allowed()).as(result.reason()).isFalse();
        return result.reason();
    }

    private GuardResult look() {
        return look(ExampleProjects.shop());
    }

    private GuardResult look(Project project) {
        ConfigurationStores stores = proxy(
                ConfigurationStores.class,
                (of, location) -> proxy(ConfigurationStore.class, (read, there) -> IniTexts.of(file)));
        try (Switch sw = new Switch(project, Side.SOURCE, ExamplePorts.of(stores, known()))) {
            SeenPoolers poolers = new SeenPoolers((pooler, deadline) -> console());
            return CheckList.<Switch>of(List.of(new AuthQueries(poolers, lookups())))
                    .guards(sw)
                    .getFirst();
        }
    }

    private Roles known() {
        return proxy(Roles.class, (method, arguments) -> {
            SignInRole role = roles.get(ExamplePorts.isOnSource(arguments[0]));
            String name =
                    String.valueOf(((Collection<?>) arguments[1]).iterator().next());
            return new SignInRoles(false, role == null ? Map.of() : Map.of(name, role));
        });
    }

    private PasswordLookups lookups() {
        return (session, role, used) -> {
            asked.add(role);
            return used.isEmpty() ? List.of() : rights.get(ExamplePorts.isOnSource(session));
        };
    }

    private PoolerConsole console() {
        return proxy(PoolerConsole.class, (method, arguments) -> switch (method) {
            case "databases", "pools" -> List.of();
            case "config" -> config;
            case "state" -> Map.of();
            default -> null;
        });
    }

    private static List<Right> reads(boolean granted) {
        return List.of(read("rolname", granted), read("rolpassword", granted));
    }

    private static Right read(String column, boolean granted) {
        return new Right(1, "", "asker", "SELECT", "TABLE pg_catalog.pg_authid", column, granted);
    }

    private static SignInRole role(boolean mayLogin, boolean mayConnect) {
        return new SignInRole(mayLogin, false, -1, mayConnect, null, List.of(), List.of(), List.of());
    }
}
