package dev.upshift.switchover.internal.look;

import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.switchover.internal.route.Switch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether the columns of tables were changed since a run began, which no link carries: neither a column that came, nor
 * the rows that {@code ALTER TABLE … USING} has written anew. In memory, as {@link SeenLinks} is.
 * Of ten thousand tables it takes some 30 ms, hence sessions of its own.
 */
public final class RewrittenTables {

    private final Switch sw;
    private final Map<Place, String> since = new ConcurrentHashMap<>();

    public RewrittenTables(Switch sw) {
        this.sw = sw;
    }

    /** From here on it counts. */
    public void begin() {
        sw.fanOut().forEach(places(), place -> since.put(place, links().snapshot(session(place))));
    }

    /** What was changed, in sentences. */
    public List<String> objections() {
        return sw.fanOut().map(places(), this::objection).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> objection(Place place) {
        String begun = since.get(place);
        if (begun == null) {
            throw new IllegalStateException("Nothing was noted of " + place.database() + " when the run began.");
        }
        List<TableName> tables = links().rewrittenTables(session(place), begun);
        return tables.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        ("%s: columns of %s were changed on the %s, which is not replicated, nor are rows that this has"
                                        + " written anew. Make both sides equal, verify, and start again.")
                                .formatted(
                                        place.database(),
                                        Names.some(tables),
                                        place.side().word()));
    }

    private List<Place> places() {
        return sw.databases().stream()
                .flatMap(database -> Arrays.stream(Side.values()).map(side -> new Place(side, database)))
                .toList();
    }

    private Links links() {
        return sw.servers().links();
    }

    private PostgresSession session(Place place) {
        return sw.pool().session(place.side(), place.database(), Role.LOOK_TOO);
    }

    private record Place(Side side, String database) {}
}
