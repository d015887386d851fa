package dev.upshift.transfer.internal.schema;

import dev.upshift.check.replication.AlwaysTriggerGuard;
import dev.upshift.check.replication.EventTriggerGuard;
import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.EventTriggers;
import dev.upshift.postgres.SubscriberRoom;
import dev.upshift.postgres.UnqualifiedCalls;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.transfer.link.RoomToSubscribe;
import java.util.List;
import org.springframework.stereotype.Component;

/** Looks for what would let the initial copy fail again and again, long after it began. */
@Component
public final class CopyGuards {

    private final SubscriberRoom room;
    private final UnqualifiedCalls calls;
    private final EventTriggers eventTriggers;
    private final Catalog catalog;

    CopyGuards(SubscriberRoom room, UnqualifiedCalls calls, EventTriggers eventTriggers, Catalog catalog) {
        this.room = room;
        this.calls = calls;
        this.eventTriggers = eventTriggers;
        this.catalog = catalog;
    }

    /** For a copy of the schema, where what is mended at the source arrives at the target by itself. */
    void lookAtFunctions(GuardBook book, Project project, SessionPool pool) {
        functions(book, Side.SOURCE, project, pool);
    }

    /** For a copy of the schema, which makes objects in those databases that the target has already. */
    void lookAtEventTriggers(GuardBook book, Project project, SessionPool pool) {
        new EventTriggerGuard(project, eventTriggers, pool)
                .tell(book, Side.TARGET, () -> presentOnTarget(project, pool));
    }

    /** For a copy of the schema, which takes along how triggers are enabled: they are built like that much later. */
    void lookAtTriggers(GuardBook book, Project project, SessionPool pool) {
        new AlwaysTriggerGuard(project, catalog, pool)
                .look(book, side -> side == Side.SOURCE ? project.databases() : presentOnTarget(project, pool));
    }

    private List<String> presentOnTarget(Project project, SessionPool pool) {
        return project.databases().stream()
                .filter(database -> catalog.databaseExists(pool.work(Side.TARGET, CopySchema.MAINTENANCE), database))
                .toList();
    }

    public void look(GuardBook book, Project project, SessionPool pool) {
        new EventTriggerGuard(project, eventTriggers, pool).look(book, EventTriggers.ANY);
        book.look(
                "target-replication-capacity",
                "The target has workers and origins for the copy.",
                () -> RoomToSubscribe.objections(
                        Side.TARGET,
                        room.of(pool.work(Side.TARGET, project.databases().getFirst())),
                        project.databases().size(),
                        true));
        functions(book, Side.TARGET, project, pool);
        book.look(
                "source-timeouts",
                "No timeout of the source ends the copy.",
                () -> timeouts(Side.SOURCE, project, pool));
        book.look(
                "target-timeouts",
                "No timeout of the target ends the copy.",
                () -> timeouts(Side.TARGET, project, pool));
    }

    private void functions(GuardBook book, Side side, Project project, SessionPool pool) {
        book.look(
                "functions-search-path",
                "No function of a generated column, an index or a check needs a search_path.",
                () -> project.databases().stream()
                        .flatMap(database -> calls.of(pool.work(side, database)).stream()
                                .map(call -> "%s: On the %s, %s".formatted(database, side.word(), call.sentence())))
                        .toList());
    }

    private List<String> timeouts(Side side, Project project, SessionPool pool) {
        return project.databases().stream()
                .flatMap(database ->
                        RoomToSubscribe.timeouts(side, room.of(pool.work(side, database)), database).stream())
                .toList();
    }
}
