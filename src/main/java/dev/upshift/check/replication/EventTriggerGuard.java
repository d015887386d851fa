package dev.upshift.check.replication;

import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.EventTriggers;
import dev.upshift.postgres.EventTriggers.EventTrigger;
import dev.upshift.postgres.FencedStatements;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.project.Acceptance;
import dev.upshift.project.Project;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Whether statements of ours fire event triggers of the application that our sessions cannot keep off. */
public final class EventTriggerGuard {

    private static final String NAME = "event-triggers";
    private static final String FINE = "No event trigger of the application fires on our statements.";

    private static final String MEANING =
            " A row that it writes may stop replication, and an error that it raises stops us, also after the point of no"
                    + " return.";

    private final Project project;
    private final EventTriggers triggers;
    private final SessionPool pool;

    public EventTriggerGuard(Project project, EventTriggers triggers, SessionPool pool) {
        this.project = project;
        this.triggers = triggers;
        this.pool = pool;
    }

    /** Objects to those of both sides, unless the project accepts them. */
    public void look(GuardBook book, Set<String> commands) {
        book.look(
                NAME,
                FINE,
                project.settings().accepts(Acceptance.EVENT_TRIGGERS),
                () -> Stream.of(Side.values())
                        .flatMap(side -> sentences(side, project.databases(), commands).stream())
                        .toList());
    }

    /** Only says what fires on one side, where nothing runs yet that could be stopped. */
    public void tell(GuardBook book, Side side, Supplier<List<String>> databases) {
        book.tell(NAME, FINE, () -> sentences(side, databases.get(), EventTriggers.ANY));
    }

    private List<String> sentences(Side side, List<String> databases, Set<String> commands) {
        return databases.stream()
                .flatMap(database ->
                        sentence(project, triggers, side, database, pool.work(side, database), commands).stream())
                .toList();
    }

    /** What fires in a session with this database, and what to do about it; empty when nothing does. */
    public static Optional<String> sentence(
            Project project,
            EventTriggers triggers,
            Side side,
            String database,
            PostgresSession session,
            Set<String> commands) {
        List<EventTrigger> firing = triggers.firing(session, commands);
        return firing.isEmpty()
                ? Optional.empty()
                : Optional.of("%s on the %s: our statements fire %s.%s %s; on both sides, until the upgrade is over."
                        .formatted(
                                database,
                                side.word(),
                                Names.some(firing),
                                MEANING,
                                FencedStatements.one(
                                        project.phase().leavesAFence(),
                                        firing.getFirst().remedy())));
    }
}
