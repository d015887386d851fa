package dev.upshift.records;

import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import dev.upshift.shared.Side;
import java.util.Optional;

/** What fenced databases had before; outlives the run that fenced them, because another one lifts the fence. */
public interface RaisedFences extends Port {

    /** Keeps what was there before a fence is raised; what an earlier fence kept is left alone. */
    void keep(long project, Side side, String database, FenceState before);

    @Looks
    Optional<FenceState> before(long project, Side side, String database);

    void forget(long project, Side side, String database);
}
