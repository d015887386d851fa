package dev.upshift.switchover.internal.check.fence;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.postgres.fence.Fence.Passage;
import dev.upshift.project.Acceptance;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.stream.Stream;

/** Behind the fence: whether it still stands, and whether anybody has a way past it. */
public final class StandingFence {

    private final Switch sw;

    public StandingFence(Switch sw) {
        this.sw = sw;
    }

    /** What speaks against going on: ways past it do not where the project accepts them. */
    public List<Finding> findings(Role role) {
        boolean accepted = sw.project().settings().accepts(Acceptance.FENCE_OVERRIDES);
        return sw.inEveryDatabase(
                accepted
                        ? database -> lifted(database, state(database, role))
                        : database -> ways(database, state(database, role), FencePassages.now(sw, database, role)));
    }

    private List<Finding> ways(String database, FenceState now, List<Passage> seen) {
        return Stream.of(
                        lifted(database, now),
                        FenceOverrides.findings(sw, database, seen, isHard() && now.connectionLimit() == 0),
                        OtherWriters.findings(sw, database, seen))
                .flatMap(List::stream)
                .toList();
    }

    private boolean isHard() {
        return sw.project().settings().hardFence();
    }

    private FenceState state(String database, Role role) {
        return sw.servers().fence().read(sw.pool().session(sw.from(), database, role));
    }

    /**
     * Where somebody has put back what the fence had set, whoever comes directly would write. Each half of a hard fence was
     * ordered: one that may pass the other half has only this one in his way.
     */
    private List<Finding> lifted(String database, FenceState now) {
        if (now.stands(isHard())) {
            return List.of();
        }
        return List.of(new Finding(
                Place.on(sw.from(), database),
                List.of(database),
                now.stands(false)
                        ? "somebody has lifted half of the hard fence: its CONNECTION LIMIT is %d, not 0."
                                .formatted(now.connectionLimit())
                        : "somebody has lifted the fence, which sets %s for the database."
                                .formatted(ReadOnlySetting.NAME),
                "Find out who."));
    }
}
