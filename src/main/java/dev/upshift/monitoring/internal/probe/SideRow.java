package dev.upshift.monitoring.internal.probe;

import dev.upshift.monitoring.internal.probe.DatabaseReading.SlotReading;
import dev.upshift.monitoring.internal.probe.DatabaseReading.SubscriptionReading;
import dev.upshift.postgres.SlotObservation;
import dev.upshift.shared.Lsn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one row of {@code side-*.sql}; the subscription still without its tables. */
record SideRow(
        Lsn written,
        boolean fenced,
        @Nullable SlotReading slot,
        @Nullable SubscriptionReading subscription,
        @Nullable Integer worker,
        Fingerprint tables) {

    static SideRow of(ResultSet result) throws SQLException {
        return new SideRow(
                Lsn.parse(result.getString("write_lsn")),
                result.getBoolean("fenced"),
                slot(result),
                subscription(result),
                result.getObject("worker", Integer.class),
                new Fingerprint(result.getLong("not_ready"), result.getString("fingerprint")));
    }

    private static @Nullable SlotReading slot(ResultSet result) throws SQLException {
        if (!result.getBoolean("slot_exists")) {
            return null;
        }
        Long lagMillis = number(result, "reported_lag_millis");
        return new SlotReading(
                result.getBoolean("slot_active"),
                position(result, "confirmed_flush_lsn"),
                result.getString("wal_status"),
                number(result, "retained_bytes"),
                lagMillis == null ? null : Duration.ofMillis(lagMillis),
                observed(result));
    }

    private static SlotObservation observed(ResultSet result) throws SQLException {
        Long changed = number(result, "slots_changed");
        return new SlotObservation(
                result.getObject("observed_at", OffsetDateTime.class).toInstant(),
                result.getString("slot_database"),
                result.getString("plugin"),
                Lsn.parse(result.getString("flush_lsn")),
                position(result, "restart_lsn"),
                position(result, "confirmed_flush_lsn"),
                result.getObject("active_pid", Integer.class),
                instant(result.getObject("sender_since", OffsetDateTime.class)),
                changed == null ? null : Instant.ofEpochSecond(changed),
                result.getString("publication"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable SubscriptionReading subscription(ResultSet result) throws SQLException {
        return result.getBoolean("subscription_exists")
                ? new SubscriptionReading(
                        result.getBoolean("subscription_enabled"),
                        result.getObject("worker") != null,
                        result.getLong("apply_errors"),
                        result.getLong("sync_errors"),
                        List.of())
                : null;
    }

    static @Nullable Long number(ResultSet result, String column) throws SQLException {
        long value = result.getLong(column);
        return result.wasNull() ? null : value;
    }

    private static @Nullable Lsn position(ResultSet result, String column) throws SQLException {
        String text = result.getString(column);
        return text == null ? null : Lsn.parse(text);
    }

    /** What tells a subscription's tables from those seen before, without reading them. */
    record Fingerprint(long notReady, @Nullable String hash) {}
}
