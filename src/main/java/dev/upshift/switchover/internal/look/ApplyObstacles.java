package dev.upshift.switchover.internal.look;

import dev.upshift.check.Finding;
import dev.upshift.check.replication.AlwaysTriggers;
import dev.upshift.check.replication.RowSecurityCheck;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands in the way of the way back on the side that was left, asked past the pivot: a trigger that was made to fire
 * for what replication brings since the last look before the window, or row security that was forced on a table's owner,
 * stops it at its first row, behind the fence, or changes what arrives.
 */
public final class ApplyObstacles {

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private ApplyObstacles() {}

    /** What a step comes to while there is any; empty once there is none, or the project accepts it. */
    public static Optional<StepOutcome> outcome(Switch sw) {
        List<String> obstacles = sw.databases().stream()
                .flatMap(database -> sw
                        .pool()
                        .reliably(sw.from(), database, Role.READ, session -> of(sw, sw.from(), database, session))
                        .stream())
                .toList();
        return obstacles.isEmpty()
                ? Optional.empty()
                : Optional.of(StepOutcome.retry(
                        "The way back is not ready before that is done: %s On the %s that is behind its fence: BEGIN READ WRITE first."
                                .formatted(
                                        String.join(" ", obstacles), sw.from().word()),
                        AGAIN));
    }

    /** What would stop or double what is applied on that side, in sentences. */
    public static List<String> of(Switch sw, Side side, String database, PostgresSession session) {
        Catalog catalog = sw.servers().catalog();
        List<Finding> obstacles =
                new ArrayList<>(AlwaysTriggers.unaccepted(sw.project(), catalog, side, database, session));
        RowSecurityCheck.stopsApply(sw.project(), catalog, side, database, session)
                .ifPresent(obstacles::add);
        return obstacles.stream().map(Finding::sentence).toList();
    }
}
