package dev.upshift.switchover.internal.window;

import dev.upshift.engine.Evidence;
import dev.upshift.engine.Fact;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.fence.Fence.Behind;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.switchover.internal.route.SessionList;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Clients that came back to the side that was left, past the poolers, and nobody told them. Most can only read there.
 * Those whose role may write in spite of the fence, and those that are seen to write, are named apart and ended: what
 * they write is on no other side.
 */
public final class NameStragglers extends SwitchStep {

    /** Who they are, under the name that has their number among the evidence. */
    private static final Fact<String> ALL = Fact.text(Evidence.STRAGGLERS.name());

    private static final Fact<String> WRITING = Fact.text("writingStragglers");

    public NameStragglers(Switch sw) {
        super(sw, "name-stragglers", Part.AFTER, Duration.ofMinutes(5));
    }

    @Override
    public String sentence() {
        return "Look which clients came back to the %s directly, and end those that can write there."
                .formatted(sw.from().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        List<Found> found = sw.databases().stream()
                .map(database -> sw.pool().reliably(sw.from(), database, Role.READ, this::look))
                .toList();
        List<ClientSession> all =
                found.stream().flatMap(one -> one.all().stream()).toList();
        List<ClientSession> writing =
                found.stream().flatMap(one -> one.writing().stream()).toList();
        sw.keep(Evidence.STRAGGLERS.of(all.size()));
        return StepOutcome.done(
                words(all, writing), SessionList.facts(ALL, all).and(SessionList.facts(WRITING, writing)));
    }

    private Found look(PostgresSession session) {
        Behind behind = sw.servers().fence().behind(session);
        Set<ClientSession> writing = new LinkedHashSet<>(behind.allowed());
        writing.addAll(behind.writers());
        Set<ClientSession> all = new LinkedHashSet<>(behind.clients());
        all.addAll(writing);
        sw.servers()
                .fence()
                .endSessions(
                        session,
                        writing.stream().filter(behind.clients()::contains).toList());
        return new Found(all, writing);
    }

    private String words(List<ClientSession> all, List<ClientSession> writing) {
        String from = sw.from().word();
        if (all.isEmpty()) {
            return "No client came back to the " + from + " directly.";
        }
        if (writing.isEmpty()) {
            return "On the %s again, past the poolers, where their roles may only read and none was writing: %s. Lead them to the %s."
                    .formatted(from, SessionList.words(all), sw.to().word());
        }
        return ("CAN WRITE on the %s, past the poolers and its fence, and were ended there: %s. What they wrote there since the"
                        + " switch is not on the %s: look for it, and take their way past the fence.%s")
                .formatted(
                        from,
                        SessionList.words(writing),
                        sw.to().word(),
                        all.size() == writing.size() ? "" : " In all there were: " + SessionList.words(all) + ".");
    }

    private record Found(Collection<ClientSession> all, Collection<ClientSession> writing) {}
}
