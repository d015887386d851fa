package dev.upshift.switchover.internal.route;

import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the control plane from which a run was taken over has open on the servers: ended, so that it does nothing late. */
public final class FormerOwnerSessions {

    private static final Logger log = LoggerFactory.getLogger(FormerOwnerSessions.class);

    /** How long it is waited for; well below any client's patience. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Project project;
    private final Ports ports;
    private final SessionPool pool;
    private Map<Side, CompletableFuture<Boolean>> ended = Map.of();

    FormerOwnerSessions(Project project, Ports ports, SessionPool pool) {
        this.project = project;
        this.ports = ports;
        this.pool = pool;
    }

    /** Begins to end them; clients do not wait for that. */
    void replace() {
        ended = Arrays.stream(Side.values()).collect(Collectors.toMap(Function.identity(), this::beginToEnd));
    }

    private CompletableFuture<Boolean> beginToEnd(Side side) {
        return ports.fanOut()
                .begin(() -> end(side))
                .exceptionally(e -> {
                    log.warn("The former owner's sessions on the {} could not be ended", side.word(), e);
                    return false;
                })
                .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** All sessions of this run but the present owner's. */
    private boolean end(Side side) {
        String mark = ports.ownership().mark();
        String run = mark.substring(0, mark.indexOf('.') + 1);
        return pool.reliably(
                side,
                project.databases().getFirst(),
                Role.WATCH,
                session -> ports.servers().fence().endMarked(session, run, mark));
    }

    /** Returns when none of their statements can be done any more, or that cannot be brought about. */
    public void awaitEnded() {
        ended.values().forEach(CompletableFuture::join);
    }

    /** The same for one side. */
    public void awaitEnded(Side side) {
        Optional.ofNullable(ended.get(side)).ifPresent(CompletableFuture::join);
    }

    /** @throws IllegalStateException if one of their statements may still be done on that side */
    public void requireEnded(Side side) {
        boolean replaced = !ended.isEmpty();
        if (replaced && !end(side)) {
            throw new IllegalStateException("The former owner's sessions on the " + side.word() + " do not end.");
        }
    }
}
