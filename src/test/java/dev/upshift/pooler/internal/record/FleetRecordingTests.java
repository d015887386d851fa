package dev.upshift.pooler.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.ConfigurationStore.StoreFailed;
import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerFleet;
import dev.upshift.pooler.PoolerFleet.HoldOutcome.Held;
import dev.upshift.pooler.PoolerPorts;
import dev.upshift.pooler.RecordedAction;
import dev.upshift.pooler.RecordedAction.Kind;
import dev.upshift.pooler.internal.configuration.TestStores;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Poolers of a plan obey at once, and so do their files; the real ones never hear of it. */
class FleetRecordingTests {

    private static final String BEFORE = """
            [databases]
            shop = host=old port=5432 dbname=shop password='top secret'
            """;
    private static final Duration SOON = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final List<RecordedAction> record = new ArrayList<>();
    private ConfigurationLocation location;
    private PoolerAddress pooler;
    private PoolerPorts poolers;

    @BeforeEach
    void file() throws IOException {
        Path file = Files.writeString(folder.resolve("databases.ini"), BEFORE);
        location = new ConfigurationLocation("file", file.toString());
        pooler = new PoolerAddress("bouncer-a", endpoint("bouncer-a", 6432), location);
        poolers = new FleetRecording(TestStores.known()).into(record::add, stores -> null);
    }

    private static Endpoint endpoint(String host, int port) {
        return new Endpoint(host, port, "upshift", new Secret("secret"), SslMode.PREFER);
    }

    private PoolerFleet fleet() {
        return poolers.fleets().open(List.of(pooler), Map.of("bouncer-a", List.of("shop")));
    }

    private static DatabaseEntry only(PoolerFleet fleet) {
        return fleet.entries().get("bouncer-a").getFirst();
    }

    @Test
    void clientsAreHeldAndLetGoInWordsOnly() {
        PoolerFleet fleet = fleet();

        assertThat(fleet.holdClients(SOON)).isInstanceOf(Held.class);
        assertThat(only(fleet).paused()).isTrue();
        assertThat(fleet.only("bouncer-a").releaseClients(SOON)).isEmpty();
        assertThat(only(fleet).paused()).isFalse();

        assertThat(record)
                .filteredOn(action -> action.condition() == null)
                .containsExactly(
                        new RecordedAction(Kind.CONSOLE, "bouncer-a", "PAUSE \"shop\"", null),
                        new RecordedAction(Kind.CONSOLE, "bouncer-a", "RESUME \"shop\"", null));
        assertThat(record)
                .filteredOn(action -> action.condition() != null)
                .extracting(RecordedAction::text)
                .containsExactly("SET server_login_retry = '0.05'", "SET server_login_retry = '⟨what it was⟩'");
    }

    @Test
    void aPoolerLeadsElsewhereOnceItsFileDoesAndItWasReloaded() throws IOException {
        PoolerFleet fleet = fleet();
        ConfigurationStore store = poolers.stores().of(location);
        PoolerConfiguration before = store.read(location);

        store.stage(location, before.repoint(List.of("shop"), endpoint("new", 5433)));
        assertThat(store.read(location).text()).isEqualTo(BEFORE);
        store.activate(location, before.hash());
        assertThat(only(fleet).host()).isEqualTo("old");
        fleet.reload(SOON);
        store.unstage(location);
        store.unstage(location);

        assertThat(only(fleet).host()).isEqualTo("new");
        assertThat(only(fleet).port()).isEqualTo(5433);
        assertThat(record)
                .extracting(RecordedAction::text)
                .containsExactly(
                        """
                        A new version is written beside it, not yet in force:
                        - shop = host=old port=5432 dbname=shop password=••••
                        + shop = host=new port=5433 dbname=shop password=••••""", "The version beside it takes its place.", "RELOAD", "The version beside it is removed.");
        assertThat(record)
                .filteredOn(action -> action.kind() == Kind.FILE)
                .allMatch(action -> action.where().equals(location.path()));
        assertThat(Files.readString(folder.resolve("databases.ini"))).isEqualTo(BEFORE);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void nothingIsActivatedThatWasNotStaged() {
        ConfigurationStore store = poolers.stores().of(location);

        assertThatThrownBy(() -> store.activate(location, "any"))
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("Nothing is staged");
    }
}
