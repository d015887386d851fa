package dev.upshift.records;

import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.shared.Side;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is kept of fenced databases, and what would have been kept or forgotten by then. */
final class PlannedFences implements RaisedFences {

    private final RaisedFences real;
    private final Map<String, Optional<FenceState>> pretended = new HashMap<>();

    PlannedFences(RaisedFences real) {
        this.real = real;
    }

    @Override
    public void keep(long project, Side side, String database, FenceState before) {
        if (before(project, side, database).isEmpty()) {
            pretended.put(side + "/" + database, Optional.of(before));
        }
    }

    @Override
    public Optional<FenceState> before(long project, Side side, String database) {
        Optional<FenceState> known = pretended.get(side + "/" + database);
        return known == null ? real.before(project, side, database) : known;
    }

    @Override
    public void forget(long project, Side side, String database) {
        pretended.put(side + "/" + database, Optional.empty());
    }
}
