package dev.upshift.check;

import dev.upshift.shared.Side;
import org.jspecify.annotations.Nullable;

/**
 * Where something was found.
 *
 * @param side null where it concerns a pooler, both sides or none
 * @param database null where it concerns the whole server
 * @param pooler null where it concerns no pooler
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

    /** A database on both sides; the reason says what is on which. */
    public static Place onBoth(String database) {
        return new Place(null, database, null);
    }

    /** The project itself, and what was done for it: no server and no pooler. */
    public static Place ofProject() {
        return new Place(null, null, null);
    }

    /** “shop on the source”, “source”, “shop”, “bouncer-a”; empty for the project itself. */
    public String words() {
        if (pooler != null) {
            return pooler;
        }
        String there = side == null ? "" : side.word();
        if (database == null) {
            return there;
        }
        return side == null ? database : "%s on the %s".formatted(database, there);
    }
}
