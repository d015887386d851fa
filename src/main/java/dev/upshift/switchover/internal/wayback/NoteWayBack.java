package dev.upshift.switchover.internal.wayback;

import dev.upshift.engine.Evidence;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.RunFacts;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Lsn;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where the way back starts: after everything that came from the side that is left, so that no change goes round in
 * circles. Only noted while clients are held: whoever follows a slot tells it where to begin, and the slot itself need
 * not be moved there, for which the server would read its log again.
 */
public final class NoteWayBack extends SwitchStep {

    public NoteWayBack(Switch sw) {
        super(sw, "note-way-back", Part.WINDOW, sw.project().settings().pauseBudget());
    }

    @Override
    public String sentence() {
        return "Note where the way back starts: at the present end of the %s's log, which is taken to its disk; and see that its slot is there, and its publication as it was made."
                .formatted(sw.to().word());
    }

    /** The barrier is behind, and nothing comes any more, whether the link is stopped already or not. */
    @Override
    public boolean isBesidePrevious() {
        return true;
    }

    @Override
    protected StepOutcome act(RunContext run) {
        Map<String, Lsn> starts = new LinkedHashMap<>();
        List<String> altered = new CopyOnWriteArrayList<>();
        sw.fanOut()
                .map(sw.databases(), database -> start(run, database, altered))
                .forEach(starts::putAll);
        if (!altered.isEmpty()) {
            return StepOutcome.failed(String.join(" ", altered));
        }
        List<String> lost = sw.databases().stream()
                .filter(database -> !starts.containsKey(database))
                .map(sw::wayBack)
                .toList();
        if (!lost.isEmpty()) {
            return StepOutcome.failed(
                    "The replication slot or the publication %s of the way back is gone or lost on the %s. Find out why (max_slot_wal_keep_size, or who drops it), and start again."
                            .formatted(String.join(" and ", lost), sw.to().word()));
        }
        RunFacts noted = Evidence.WAY_BACK_START.of(starts);
        sw.keep(noted);
        return StepOutcome.done(
                "The way back starts at " + String.join(", ", noted.values().values()) + ".", noted);
    }

    /** Nothing where it cannot be followed. What was noted once stays: clients may have written since. */
    private Map<String, Lsn> start(RunContext run, String database, List<String> altered) {
        Optional<Lsn> noted = run.fact(Evidence.WAY_BACK_START.of(database));
        if (noted.isPresent()) {
            return Map.of(database, noted.get());
        }
        Links links = sw.servers().links();
        PostgresSession beside = sw.pool().session(sw.to(), database, Role.READ); // a session is for one thread
        boolean isThere = links.slot(beside, sw.wayBack(database))
                .filter(slot -> !slot.isLost())
                .isPresent();
        WayBackNote note = new WayBackNote(sw);
        String publication = isThere ? note.sum(database) : "";
        if (publication.isEmpty()) {
            return Map.of();
        }
        note.objection(run, database, publication).ifPresent(altered::add);
        return Map.of(database, links.flush(beside));
    }
}
