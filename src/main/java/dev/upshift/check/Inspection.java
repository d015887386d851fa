package dev.upshift.check;

import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.ServerPorts;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.project.Acceptance;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.function.Function;

/** What a check looks at: a project, through sessions that are open for as long as one list of checks is asked. */
public interface Inspection extends Inspected {

    Project project();

    Ports ports();

    SessionPool pool();

    /** What was read already for the checks of this list. */
    Memo memo();

    @Override
    default boolean accepts(Acceptance finding) {
        return project().settings().accepts(finding);
    }

    default ServerPorts servers() {
        return ports().servers();
    }

    /** The session that looks at a database of a side. */
    default PostgresSession on(Side side, String database) {
        return pool().work(side, database);
    }

    /** A session that looks at what concerns the whole server of a side. */
    default PostgresSession onServer(Side side) {
        return on(side, project().databases().getFirst());
    }

    /** The same, one database after the other: for a look that opens sessions of its own. */
    default CheckResult everyDatabaseInTurn(Function<String, List<Finding>> look) {
        return CheckResult.of(project().databases().stream()
                .flatMap(database -> look.apply(database).stream())
                .toList());
    }

    /** Of every database of the project what is found there, all at once, told in the order of the databases. */
    default CheckResult everyDatabase(Function<String, List<Finding>> look) {
        return CheckResult.of(inEveryDatabase(look));
    }

    /** The same, for whoever has more to look at. */
    default List<Finding> inEveryDatabase(Function<String, List<Finding>> look) {
        return ports().fanOut().map(project().databases(), look).stream()
                .flatMap(List::stream)
                .toList();
    }
}
