package dev.upshift.monitoring.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.ignoreStubs;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.Destination;
import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.project.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolerQuestionTests {

    private static final DatabaseEntry TO_SOURCE = entry("shop", "SOURCE.internal", 5432, "shop", false);
    private static final DatabaseEntry TO_TARGET = entry("shop_rw", "target.internal", 5433, "shop", false);

    @Test
    void countsTheClientsOfTheProjectsEntries() {
        PoolerReading reading = ask(
                List.of(TO_SOURCE, entry("other", "source.internal", 5432, "other", true)),
                List.of(pool("shop", 7, 2), pool("shop", 1, 0), pool("other", 50, 50)));

        assertThat(reading).isEqualTo(new PoolerReading(false, Destination.SOURCE, 10, 2, Made.ALONE));
    }

    @Test
    void seesWhereEntriesLead() {
        assertThat(ask(List.of(TO_TARGET)).leadsTo()).isEqualTo(Destination.TARGET);
        assertThat(ask(List.of(TO_SOURCE, TO_TARGET)).leadsTo()).isEqualTo(Destination.MIXED);
        assertThat(ask(List.of()).leadsTo()).isEqualTo(Destination.UNKNOWN);
        assertThat(ask(List.of(entry("shop", "elsewhere", 5432, "shop", true))).leadsTo())
                .isEqualTo(Destination.UNKNOWN);
        assertThat(ask(List.of(entry("shop", null, 5432, "shop", false))).leadsTo())
                .isEqualTo(Destination.UNKNOWN);
    }

    @Test
    void oneEntryThatIsPausedIsEnough() {
        assertThat(ask(List.of(TO_SOURCE, entry("shop_ro", "source.internal", 5432, "shop", true)))
                        .paused())
                .isTrue();
    }

    @Test
    void theEntryThatTriesTheOtherSideDoesNotCount() {
        assertThat(ask(List.of(TO_SOURCE, entry("shop__probe", "target.internal", 5433, "shop", false)))
                        .leadsTo())
                .isEqualTo(Destination.SOURCE);
    }

    private static PoolerReading ask(List<DatabaseEntry> entries) {
        return ask(entries, List.of());
    }

    private static PoolerReading ask(List<DatabaseEntry> entries, List<Pool> pools) {
        PoolerConsole console = mock();
        when(console.databases()).thenReturn(entries);
        when(console.pools()).thenReturn(pools);
        when(console.process()).thenReturn(Made.ALONE);
        PoolerReading reading = new PoolerQuestion(Made.project(Phase.REPLICATING)).apply(console);
        verifyNoMoreInteractions(ignoreStubs(console));
        return reading;
    }

    private static DatabaseEntry entry(String name, String host, int port, String database, boolean paused) {
        return new DatabaseEntry(name, host, port, database, null, "transaction", paused, false, 5, 20);
    }

    private static Pool pool(String database, int active, int waiting) {
        return new Pool(database, "app", active, waiting, active, 0, 0, Duration.ZERO, "transaction");
    }
}
