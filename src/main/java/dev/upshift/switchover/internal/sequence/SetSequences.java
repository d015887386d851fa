package dev.upshift.switchover.internal.sequence;

import dev.upshift.engine.Evidence;
import dev.upshift.engine.Fact;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.switchover.internal.route.SessionList;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sets exactly those sequences that do not stand ahead: clients outran what was pushed before the window, or it does not
 * stand any more. Where one has a CACHE, whoever is on that side already may hold values from before, and would hand
 * them out when others are in use: his session is ended, once they are set. Behind a fence that still stands there it is
 * ended when that is lifted. Who begins later takes values that are ahead, and nobody is served there yet.
 */
public final class SetSequences extends SwitchStep {

    private static final Fact<String> ENDED = Fact.text("endedWithFormerValues");

    private final EnteredSequences entered;
    private final SequenceSetting setting;
    private final LeftSequences sequences;

    public SetSequences(Switch sw, EnteredSequences entered, LeftSequences sequences) {
        super(sw, "set-sequences", Part.WINDOW, sw.project().settings().pauseBudget());
        this.entered = entered;
        this.setting = new SequenceSetting(sw);
        this.sequences = sequences;
    }

    @Override
    public String sentence() {
        return "Set the sequences of the %s that the margin did not cover, and end the sessions of clients there that may hold former values (CACHE)."
                .formatted(sw.to().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        AtomicInteger count = new AtomicInteger();
        List<ClientSession> ended = new CopyOnWriteArrayList<>();
        List<String> wrong = sw.fanOut().map(sw.databases(), database -> set(database, count, ended)).stream()
                .flatMap(Optional::stream)
                .toList();
        if (!wrong.isEmpty()) {
            return StepOutcome.failed(String.join(" ", wrong));
        }
        sw.keep(Evidence.SEQUENCES_SET.of(count.get()));
        return StepOutcome.done(
                "%s set and read again; all others are ahead already.%s"
                        .formatted(count.get() == 1 ? "1 sequence was" : count.get() + " sequences were", words(ended)),
                SessionList.facts(ENDED, ended));
    }

    private Optional<String> set(String database, AtomicInteger count, Collection<ClientSession> ended) {
        List<SequenceValue> behind = SequenceLevel.missing(entered.of(database), sequences.of(database));
        count.addAndGet(behind.size());
        Optional<String> wrong = setting.set(database, behind);
        if (wrong.isEmpty() && entered.areCached(database)) {
            PostgresSession session = sw.pool().session(sw.to(), database, Role.LOOK);
            if (!sw.fence().stands(session, sw.to(), database)) {
                ended.addAll(sw.servers().fence().endClientSessions(session));
            }
        }
        return wrong;
    }

    private String words(Collection<ClientSession> ended) {
        return ended.isEmpty()
                ? ""
                : " %s on the %s might have handed out former values and %s ended: %s."
                        .formatted(
                                ended.size() == 1 ? "1 session" : ended.size() + " sessions",
                                sw.to().word(),
                                ended.size() == 1 ? "was" : "were",
                                SessionList.words(ended));
    }
}
