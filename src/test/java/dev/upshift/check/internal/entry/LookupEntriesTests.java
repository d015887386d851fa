package dev.upshift.check.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.upshift.check.Finding;
import dev.upshift.check.ForgottenEntries.Asked;
import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.internal.configuration.IniTexts;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.project.Cluster;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through which entries a pooler looks up passwords, and what is said of those that stay on the side that is left. */
class LookupEntriesTests {

    private static final String SHOP = "shop = host=127.0.0.1 port=5433 dbname=shop\n";

    private final List<DatabaseEntry> running = new ArrayList<>();
    private Map<String, String> config = Map.of("auth_user", "asker", "auth_dbname", "authdb");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authdb = host=127.0.0.1 port=5433 dbname=passwords",
                "authdb = host=localhost port=5433 dbname=passwords",
                "* = host=localhost port=5433"
            })
    void anEntryThatStaysOnTheSideThatIsLeftIsNamed(String entry) {
        assertThat(objections(SHOP + entry + "\n"))
                .singleElement()
                .asString()
                .contains("bouncer-a", "its entry authdb (auth_dbname)", "leads to the source", "nobody could sign in");
    }

    @Test
    void oneThatOnlyTheRunningPoolerKnowsIsFoundAsWell() {
        running.add(new DatabaseEntry("authdb", "127.0.0.1", 5433, "passwords", null, null, false, false, 0, 0));
        assertThat(objections(SHOP)).singleElement().asString().contains("its entry authdb");
    }

    @Test
    void anEntrysOwnSettingGoesBeforeThePoolers() {
        config = Map.of("auth_user", "asker", "auth_dbname", "");
        String file = SHOP.replace("dbname", "auth_dbname=mine dbname") + "mine = host=localhost port=5433\n";
        assertThat(objections(file)).singleElement().asString().contains("its entry mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authdb = host=10.9.9.9 port=5434 dbname=passwords",
                "authdb = host=192.0.2.7 port=5433 dbname=passwords",
                "authdb = host=127.0.0.1 port=5433 dbname=shop",
                "authdb = host=127.0.0.1 port=6000 dbname=passwords",
                "another = host=127.0.0.1 port=5433 dbname=passwords"
            })
    void whatMovesOrLeadsElsewhereOrIsNotUsedIsFine(String entry) {
        assertThat(objections(SHOP + entry + "\n")).isEmpty();
    }

    @Test
    void nothingIsLookedUpWithoutAUserForIt() {
        config = Map.of("auth_user", "", "auth_dbname", "authdb");
        assertThat(objections(SHOP + "authdb = host=127.0.0.1 port=5433 dbname=passwords\n"))
                .isEmpty();
    }

    @Test
    void aSocketCannotBeTold() {
        assertThat(objections(SHOP + "authdb = port=5433 dbname=passwords\n"))
                .singleElement()
                .asString()
                .contains("its entry authdb", "a Unix socket", "cannot be told");
    }

    private List<Finding> objections(String file) {
        PostgresSessions silent = mock(invocation -> {
            throw new PostgresUnreachable(PostgresUnreachable.Reason.REFUSED, "silent", null);
        });
        PoolerConsole console = mock();
        when(console.databases()).thenReturn(running);
        when(console.config()).thenReturn(config);
        return new AskedEntries(
                        (pooler, deadline) -> console,
                        (pooler, entry, deadline) -> Optional.empty(),
                        new LeftServers(silent, mock(), mock()))
                .of(new Asked(
                        new PoolerAddress(
                                "bouncer-a", endpoint("127.0.0.1", 6432), new ConfigurationLocation("file", "/x.ini")),
                        IniTexts.of("[databases]\n" + file),
                        Side.SOURCE,
                        new Cluster(endpoint("127.0.0.1", 5433), null, null, 13),
                        new Cluster(endpoint("10.9.9.9", 5434), null, null, 17),
                        Set.of("shop")));
    }

    private static Endpoint endpoint(String host, int port) {
        return new Endpoint(host, port, "upshift", new Secret("secret"), SslMode.PREFER);
    }
}
