package dev.upshift.postgres.link;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a server still has the WAL that a slot needs (documentation, "pg_replication_slots", {@code wal_status}). */
public enum WalStatus {
    RESERVED,
    /** More than {@code max_wal_size}, and kept. */
    EXTENDED,
    /** To be removed at the next checkpoint. */
    UNRESERVED,
    /** Removed: nobody can read on from this slot. */
    LOST;

    /** As PostgreSQL writes it, and as JSON. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Null where the server tells nothing, or what no version so far has told. */
    public static @Nullable WalStatus of(@Nullable String word) {
        return Stream.of(values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElse(null);
    }
}
