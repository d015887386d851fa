package dev.upshift.check;

import dev.upshift.shared.Side;
import org.jspecify.annotations.Nullable;

/**
 * Where something was found.
 *
 * @param side null where it concerns a pooler, or both sides together
 * @param database null where it concerns the whole server
 * @param pooler null where it concerns a server
 */
public record Place(
        @Nullable Side side,
        @Nullable String database,
        @Nullable String pooler) {

    public static Place on(Side side) {
        return new Place(side, null, null);
    }

    public static Place on(Side side, String database) {
        return new Place(side, database, null);
    }

    public static Place at(String pooler) {
        return new Place(null, null, pooler);
    }

    /** Both sides, and what is known of them. */
    public static Place everywhere() {
        return new Place(null, null, null);
    }

    /** A sentence, after where it is about. */
    public String before(String sentence) {
        String where = words();
        return where.isEmpty() ? sentence : "%s: %s".formatted(where, sentence);
    }

    /** “shop on the source”, “source”, “bouncer-a”; nothing where it is everywhere. */
    public String words() {
        if (pooler != null) {
            return pooler;
        }
        String there = side == null ? "" : side.word();
        return database == null ? there : "%s on the %s".formatted(database, there);
    }
}
