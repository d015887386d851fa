package dev.upshift.switchover.internal.window;

import dev.upshift.engine.Evidence;
import dev.upshift.engine.Fact;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.fence.SettingsHeld;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.switchover.internal.route.HeldSettings;
import dev.upshift.switchover.internal.route.SessionList;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;
import java.util.List;

/** Keeps clients that do not come through a pooler from writing to the side that is left. */
public final class RaiseFence extends SwitchStep {

    private static final Fact<String> ENDED = Fact.text("ended");

    public RaiseFence(Switch sw) {
        super(sw, "raise-fence", Part.WINDOW, Duration.ofSeconds(10));
    }

    @Override
    public String sentence() {
        return "Fence the %s: read-only by default%s, and end the sessions that clients have open there."
                .formatted(sw.from().word(), sw.project().settings().hardFence() ? ", no new connections" : "");
    }

    @Override
    protected StepOutcome act(RunContext run) {
        if (!sw.watch().isHolding()) {
            return StepOutcome.failed(sw.watch().whyExpired());
        }
        List<ClientSession> ended = sw.fanOut().map(sw.databases(), this::raise).stream()
                .flatMap(List::stream)
                .toList();
        sw.keep(Evidence.ENDED_SESSIONS.of(ended.size()));
        return StepOutcome.done(
                "The %s is fenced; %s ended."
                        .formatted(
                                sw.from().word(),
                                ended.size() == 1 ? "1 session was" : ended.size() + " sessions were"),
                SessionList.facts(ENDED, ended));
    }

    /**
     * The session first, then the look at the clock, and no other session afterwards: the watchdog notes that the pause
     * is over, ends this session, and only then lifts the fence. A session opened after that would raise the fence over
     * clients that were let go, and what they opened meanwhile would stay read-only.
     */
    private List<ClientSession> raise(String database) {
        PostgresSession session = sw.onFrom(database);
        if (!sw.watch().isHolding()) {
            throw new IllegalStateException(sw.watch().whyExpired());
        }
        try {
            sw.servers().fence().raise(session, sw.project().settings().hardFence());
        } catch (SettingsHeld held) {
            throw HeldSettings.refusal(database, sw.from(), held);
        }
        return sw.servers().fence().endClientSessions(session);
    }

    @Override
    public boolean hasUndo() {
        return true;
    }

    /** Clients were let go before, and the fence lifted for them; this makes sure of it, and only then forgets it. */
    @Override
    public void undo(RunContext run) {
        sw.formerOwner().requireEnded(sw.from()); // it may be about to raise it
        try {
            sw.databases().forEach(sw.fence()::liftForGood);
        } finally {
            sw.fence().takeNotes().forEach(run::progress);
        }
    }
}
