package dev.upshift.switchover.internal.wayback;

import dev.upshift.check.Finding;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.TableName;
import dev.upshift.switchover.internal.check.fence.AcceptsWrites;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.dao.DataAccessException;

/** Creating a slot waits for running transactions; that wait must not happen while clients are held. */
public final class PrepareWayBack extends SwitchStep {

    /** {@code query_canceled} and {@code lock_not_available}: what a statement ends with that has waited too long. */
    private static final Set<String> LATE = Set.of("57014", "55P03");

    public PrepareWayBack(Switch sw) {
        super(sw, "prepare-way-back", Part.BEFORE, Duration.ofMinutes(1));
    }

    @Override
    public String sentence() {
        return "Create the publication and the slot of the way back on the %s, and note what they are."
                .formatted(sw.to().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        Map<String, String> notes = new ConcurrentHashMap<>();
        List<String> wrong = sw.fanOut().map(sw.databases(), database -> prepare(database, notes)).stream()
                .flatMap(Optional::stream)
                .toList();
        return wrong.isEmpty()
                ? StepOutcome.done(
                        "The slot of the way back exists on the " + sw.to().word() + ".", WayBackNote.SUM.of(notes))
                : StepOutcome.failed(String.join(" ", wrong));
    }

    /** What is missing of the way back is found out past the pivot otherwise, when nothing leads back any more. */
    private Optional<String> prepare(String database, Map<String, String> notes) {
        Links links = sw.servers().links();
        PostgresSession session = sw.onTo(database);
        String name = sw.wayBack(database);
        List<TableName> tables = links.publishedTables(sw.onFrom(database), sw.link(database));
        List<String> held = publish(session, name, tables);
        if (!held.isEmpty()) {
            return Optional.of(String.join(" ", held));
        }
        links.createSlot(session, name);
        Optional<String> note = new WayBackNote(sw).take(database);
        note.ifPresent(sum -> notes.put(database, sum));
        boolean isThere = note.isPresent()
                && Set.copyOf(links.publishedTables(session, name)).equals(Set.copyOf(tables))
                && links.slot(session, name).isPresent();
        return isThere
                ? Optional.empty()
                : Optional.of(("%s: the publication %s with %d tables and the slot of that name were created on the %s,"
                                + " and are not all there. Find out who drops or changes them, and start again.")
                        .formatted(database, name, tables.size(), sw.to().word()));
    }

    /** Answers who has locks for which that waited too long. */
    private List<String> publish(PostgresSession session, String name, List<TableName> tables) {
        try {
            sw.servers().links().publish(session, name, tables);
            return List.of();
        } catch (DataAccessException refused) {
            List<String> held = hasWaited(refused) ? held(refused) : List.of();
            if (held.isEmpty()) {
                throw refused;
            }
            return held;
        }
    }

    private static boolean hasWaited(DataAccessException refused) {
        return refused.getMostSpecificCause() instanceof SQLException cause && LATE.contains(cause.getSQLState());
    }

    private List<String> held(DataAccessException waited) {
        try {
            return Finding.sentences(AcceptsWrites.refusals(sw, Role.READ));
        } catch (DataAccessException unanswered) {
            waited.addSuppressed(unanswered);
            return List.of();
        }
    }

    @Override
    public boolean hasUndo() {
        return true;
    }

    @Override
    public void undo(RunContext run) {
        sw.databases()
                .forEach(database -> sw.pool().reliably(sw.to(), database, Role.WORK, session -> {
                    sw.servers().links().dropSlot(session, sw.wayBack(database));
                    sw.servers().links().dropPublication(session, sw.wayBack(database));
                    return database;
                }));
    }
}
