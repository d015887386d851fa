package dev.upshift.switchover.internal.wayback;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.switchover.internal.look.ApplyObstacles;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A way back that was never seen to work is no way back. */
public final class SeeWayBack extends SwitchStep {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration AGAIN = Duration.ofMillis(200);

    public SeeWayBack(Switch sw) {
        super(sw, "see-way-back", Part.AFTER, Duration.ofMinutes(10));
    }

    @Override
    public String sentence() {
        return "See a sentinel written on the %s arrive on the %s, and that nothing was left out of the way back since it was made."
                .formatted(sw.to().word(), sw.from().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        return LostWayBack.outcome(sw, run).or(() -> ApplyObstacles.outcome(sw)).orElseGet(() -> see(run));
    }

    private StepOutcome see(RunContext run) {
        for (String database : sw.databases()) {
            String token = UUID.randomUUID().toString();
            sw.pool().reliably(sw.to(), database, Role.READ, session -> {
                sw.servers().helperSchema().write(session, token);
                return token;
            });
            if (!sw.waiting().until(LOOK, POLL, () -> hasArrived(database, token))) {
                return StepOutcome.retry(
                        "The sentinel written on the %s has not arrived on the %s (%s)."
                                .formatted(sw.to().word(), sw.from().word(), database),
                        AGAIN);
            }
        }
        sw.databases().forEach(database -> WayBackMarks.noteCopies(sw, database));
        WayBackNote note = new WayBackNote(sw);
        List<String> doubts = sw.databases().stream()
                .flatMap(database -> note.doubts(run, database).stream())
                .toList();
        if (!doubts.isEmpty()) {
            return LostWayBack.doubted(sw, String.join(" ", doubts));
        }
        return LostWayBack.ready(sw);
    }

    /** The side that was left may have been restarted since the window, and our session there with it. */
    private boolean hasArrived(String database, String token) {
        return sw.pool()
                .reliably(
                        sw.from(),
                        database,
                        Role.READ,
                        session -> sw.servers().helperSchema().sees(session, token));
    }
}
