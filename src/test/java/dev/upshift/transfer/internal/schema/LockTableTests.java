package dev.upshift.transfer.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Finding;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LockTableTests {

    private static final LockTable DEFAULTS = LockTable.of(Map.of(
            "max_locks_per_transaction", "64",
            "max_connections", "100",
            "max_prepared_transactions", "0",
            "max_worker_processes", "8",
            "max_wal_senders", "10",
            "autovacuum_max_workers", "3"));

    @Test
    void thousandsOfTablesDoNotFitAServerWithItsDefaults() {
        assertThat(DEFAULTS.finding("shop", 7_744)).isEmpty();
        assertThat(DEFAULTS.finding("shop", 30_000))
                .map(Finding::sentence)
                .hasValue(
                        "shop on the target: its 30,000 tables, keys, sequences and views are made in one transaction,"
                                + " and there is room for 7,744 locks. Set max_locks_per_transaction there to 256 (now 64) and"
                                + " restart it.");
        assertThat(new LockTable(256, 121).finding("shop", 30_000)).isEmpty();
    }

    @Test
    void nothingIsSaidOfAServerThatDoesNotTell() {
        assertThat(LockTable.of(Map.of()).finding("shop", 30_000)).isEmpty();
        assertThat(LockTable.settings()).contains("max_locks_per_transaction", "max_connections");
    }
}
