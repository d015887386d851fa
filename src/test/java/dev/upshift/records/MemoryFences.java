package dev.upshift.records;

import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.shared.Side;
import java.util.Map;
import java.util.Optional;

/** Keeps what fenced databases had before in a map. */
public record MemoryFences(Map<String, FenceState> fences) implements RaisedFences {

    private static String key(Side side, String database) {
        return side.word() + "/" + database;
    }

    @Override
    public void keep(long project, Side side, String database, FenceState before) {
        fences.putIfAbsent(key(side, database), before);
    }

    @Override
    public Optional<FenceState> before(long project, Side side, String database) {
        return Optional.ofNullable(fences.get(key(side, database)));
    }

    @Override
    public void forget(long project, Side side, String database) {
        fences.remove(key(side, database));
    }
}
