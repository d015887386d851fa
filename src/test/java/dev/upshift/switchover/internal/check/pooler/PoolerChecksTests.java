package dev.upshift.switchover.internal.check.pooler;

import static dev.upshift.engine.procedure.ExamplePorts.proxy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.CheckOutcome;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.pooler.PoolerProcesses.Processes;
import dev.upshift.pooler.internal.configuration.IniTexts;
import dev.upshift.postgres.role.PasswordLookups;
import dev.upshift.project.ExampleProjects;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused of a pooler's file and of what it says; both poolers of the example project have and say the same. */
class PoolerChecksTests {

    private static final String FILE = """
            ;; shop = host=elsewhere
            [databases]
            shop=host=db-old    dbname=shop connect_query='select ''it''''s'''
              shop_ro =   host = db-old dbname = 'shop' pool_mode=statement
            other = host=db-old dbname=billing pool_mode=session
            %include more.ini
            [users]
            somebody = pool_mode=session
            [pgbouncer]
            pool_mode = transaction
            [databases]
            late = host=db-old dbname=shop auth_user=asker auth_query='select 1'
            """;

    private String file = FILE;
    private Map<String, String> config = Map.of("pool_mode", "transaction", "query_wait_timeout", "120");
    private Map<String, String> state = Map.of("suspended", "no", "paused", "no");
    private List<DatabaseEntry> entries =
            List.of(entry("shop", null), entry("shop_ro", "statement"), entry("other", "session"), entry("late", null));
    private List<Pool> pools = List.of(pool("shop", "app", "transaction"), pool("other", "somebody", "session"));

    @Test
    void aFileAsPeopleWriteItIsAccepted() {
        assertThat(look().values()).isNotEmpty().allMatch(GuardResult::allowed);
    }

    @Test
    void anEntryThatPoolsBySessionIsNamedAmongOthers() {
        entries = List.of(entry("shop", null), entry("shop_ro", "session"), entry("late", null));
        assertThat(refusal("pool-mode"))
                .contains("bouncer-a: pool_mode = session is used for shop_ro, where", "Set pool_mode = transaction")
                .doesNotContain("late", "shop,");
    }

    @Test
    void theDefaultCountsForEveryEntryWithoutAModeOfItsOwn() {
        config = Map.of("pool_mode", "session", "query_wait_timeout", "120");
        assertThat(refusal("pool-mode")).contains("for shop, late,").doesNotContain("shop_ro", "other");

        config = Map.of("query_wait_timeout", "120"); // the default of the default
        assertThat(refusal("pool-mode")).contains("for shop, late,");

        entries = List.of(entry("shop", "transaction"), entry("shop_ro", "statement"), entry("late", "transaction"));
        assertThat(look().get("pool-mode").allowed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "%include more.ini, has no entry that leads to the source",
        "shop = host=localhost, has no entry that leads to the source",
        "* = host=db-old, fallback entry *",
        "'shop = host=db-old,db-older', several hosts",
        "shop = dbname=shop, has no entry that leads to the source",
        "'shop = host=db-old\nshop = host=db-old port=5432', stands there 2 times",
        "'shop = host=db-old\nthis is no setting', PgBouncer cannot read line 3",
    })
    void whatCannotBeMovedIsRefused(String text, String says) {
        file = "[databases]\n" + text + "\n";
        assertThat(refusal("pooler-configuration")).contains(says);
        assertThat(look()).as("nothing else is asked").hasSize(1);
    }

    @Test
    void aPauseWithoutANameAndASuspensionAreSeen() {
        state = Map.of("suspended", "yes", "paused", "yes");
        assertThat(refusal("pooler-state"))
                .contains("bouncer-a: it is suspended", "bouncer-a: it is paused as a whole");

        state = Map.of(); // an older version
        assertThat(look().get("pooler-state").allowed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"120, true", "0, true", "40, true", "12, false", "0.5, false"})
    void waitingClientsHaveToOutlastTheBudget(String timeout, boolean allowed) {
        config = Map.of("pool_mode", "transaction", "query_wait_timeout", timeout);
        assertThat(look().get("pooler-timeouts").allowed()).isEqualTo(allowed);
    }

    @Test
    void anEntrysOwnTimeoutGoesBeforeEverybodys() {
        file = FILE.replace("late = ", "late = query_wait_timeout=3 ");
        assertThat(refusal("pooler-timeouts"))
                .contains("bouncer-a: clients who wait for late are thrown out after 3 s", "query_wait_timeout = 15");

        config = Map.of("pool_mode", "transaction", "query_wait_timeout", "1");
        file = "shop = host=db-old query_wait_timeout=0";
        entries = List.of(entry("shop", null));
        assertThat(look().get("pooler-timeouts").allowed()).isTrue();
    }

    /** It counts for clients that wait as well. */
    @Test
    void whatLimitsEveryQueryLimitsWaitingToo() {
        config = Map.of("pool_mode", "transaction", "query_timeout", "5");
        assertThat(refusal("pooler-timeouts"))
                .contains("are thrown out after 5 s (query_timeout)", "Set query_timeout = 15 there");

        config = Map.of("pool_mode", "transaction", "query_timeout", "0", "query_wait_timeout", "0");
        assertThat(look().get("pooler-timeouts").allowed()).isTrue();
    }

    @Test
    void anEntryThatLeavesItsTimeoutOpenHasEverybodys() {
        file = "shop = host=db-old query_wait_timeout=-1";
        entries = List.of(entry("shop", null));
        config = Map.of("pool_mode", "transaction", "query_wait_timeout", "40");
        assertThat(look().get("pooler-timeouts").allowed()).isTrue();

        config = Map.of("pool_mode", "transaction", "query_wait_timeout", "4");
        assertThat(refusal("pooler-timeouts")).contains("are thrown out after 4 s (query_wait_timeout)");
    }

    private String refusal(String guard) {
        GuardResult result = look().get(guard);
        assertThat(result.allowed()).as(result.reason()).isFalse();
        return result.reason();
    }

    private Map<String, GuardResult> look() {
        ConfigurationStores stores = proxy(
                ConfigurationStores.class,
                (of, location) -> proxy(ConfigurationStore.class, (read, there) -> IniTexts.of(file)));
        try (Switch sw = new Switch(ExampleProjects.shop(), Side.SOURCE, ExamplePorts.of(stores))) {
            PoolerChecks checks = new PoolerChecks(
                    new SeenPoolers((pooler, deadline) -> console()),
                    asked -> List.of(),
                    poolers -> Processes.ALONE,
                    ExamplePorts.missing(PasswordLookups.class));
            return checks.ask(sw).stream()
                    .map(CheckOutcome::guard)
                    .collect(Collectors.toMap(GuardResult::guard, Function.identity()));
        }
    }

    private PoolerConsole console() {
        return proxy(PoolerConsole.class, (method, arguments) -> switch (method) {
            case "databases" -> entries;
            case "pools" -> pools;
            case "config" -> config;
            case "state" -> state;
            default -> null;
        });
    }

    private static DatabaseEntry entry(String name, String mode) {
        return new DatabaseEntry(name, "db-old", 5432, "shop", null, mode, false, false, 1, 0);
    }

    private static Pool pool(String entry, String user, String mode) {
        return new Pool(entry, user, 1, 0, 0, 1, 0, Duration.ZERO, mode);
    }
}
