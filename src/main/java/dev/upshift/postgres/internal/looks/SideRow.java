package dev.upshift.postgres.internal.looks;

import dev.upshift.postgres.DatabaseLooks.Fingerprint;
import dev.upshift.postgres.DatabaseLooks.SideReading;
import dev.upshift.postgres.DatabaseLooks.SlotReading;
import dev.upshift.postgres.DatabaseLooks.SubscriptionFacts;
import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.postgres.link.WalStatus;
import dev.upshift.shared.Lsn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The one row of {@code side-*.sql}. */
final class SideRow {

    private SideRow() {}

    static SideReading read(ResultSet result) throws SQLException {
        return new SideReading(
                Lsn.parse(result.getString("write_lsn")),
                result.getBoolean("fenced"),
                slot(result),
                subscription(result));
    }

    private static @Nullable SlotReading slot(ResultSet result) throws SQLException {
        if (!result.getBoolean("slot_exists")) {
            return null;
        }
        Long lagMillis = number(result, "reported_lag_millis");
        return new SlotReading(
                result.getBoolean("slot_active"),
                position(result, "confirmed_flush_lsn"),
                WalStatus.of(result.getString("wal_status")),
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

    private static @Nullable SubscriptionFacts subscription(ResultSet result) throws SQLException {
        return result.getBoolean("subscription_exists")
                ? new SubscriptionFacts(
                        result.getBoolean("subscription_enabled"),
                        result.getObject("worker", Integer.class),
                        result.getLong("apply_errors"),
                        result.getLong("sync_errors"),
                        new Fingerprint(result.getLong("not_ready"), result.getString("fingerprint")))
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
}
