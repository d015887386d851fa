package dev.upshift.check.replication;

import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.Catalog.ReplicaTrigger;
import dev.upshift.postgres.FencedStatements;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.project.Acceptance;
import dev.upshift.project.Project;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether triggers of the application fire for what replication brings, on either side, because each subscribes at some
 * time. The publisher has fired them, too, or never should have: what they write is there twice, or on one side only.
 */
public final class AlwaysTriggerGuard {

    private static final String NAME = "always-triggers";
    private static final String FINE = "No trigger fires for what replication brings.";

    private static final String MEANING =
            "A row that it writes there may come from the other side as well, and is there twice or stops replication by its"
                    + " key; what it changes or keeps out differs from then on; and behind the fence whatever it writes stops"
                    + " replication at once.";

    private final Project project;
    private final Catalog catalog;
    private final SessionPool pool;

    public AlwaysTriggerGuard(Project project, Catalog catalog, SessionPool pool) {
        this.project = project;
        this.catalog = catalog;
        this.pool = pool;
    }

    /** Objects to those of both sides, unless the project accepts them. */
    public void look(GuardBook book) {
        look(book, side -> project.databases());
    }

    /** @param databases those that a side has already */
    public void look(GuardBook book, Function<Side, List<String>> databases) {
        book.look(
                NAME,
                FINE,
                accepted(project),
                () -> Stream.of(Side.values())
                        .flatMap(side -> databases.apply(side).stream()
                                .flatMap(database ->
                                        sentences(project, catalog, side, database, pool.work(side, database))
                                                .stream()))
                        .toList());
    }

    /** Those of one database, in sentences; none if the project accepts them. */
    public static List<String> objections(
            Project project, Catalog catalog, Side side, String database, PostgresSession session) {
        return accepted(project) ? List.of() : sentences(project, catalog, side, database, session);
    }

    private static boolean accepted(Project project) {
        return project.settings().accepts(Acceptance.ALWAYS_TRIGGERS);
    }

    /** One sentence for all that have the same remedy. */
    private static List<String> sentences(
            Project project, Catalog catalog, Side side, String database, PostgresSession session) {
        List<ReplicaTrigger> triggers = catalog.replicaTriggers(session);
        List<String> sentences = new ArrayList<>();
        for (boolean always : List.of(true, false)) {
            List<ReplicaTrigger> alike = triggers.stream()
                    .filter(trigger -> trigger.always() == always)
                    .toList();
            if (!alike.isEmpty()) {
                sentences.add(sentence(project, "%s on the %s".formatted(database, side.word()), always, alike));
            }
        }
        return sentences;
    }

    private static String sentence(Project project, String where, boolean always, List<ReplicaTrigger> triggers) {
        boolean one = triggers.size() == 1;
        return "%s: %s, which %s ENABLE %s, %s for what replication brings there. %s %s%s, on both sides, until the upgrade is over."
                .formatted(
                        where,
                        Names.some(triggers.stream().map(ReplicaTrigger::name).toList()),
                        one ? "is" : "are",
                        always ? "ALWAYS" : "REPLICA",
                        one ? "fires" : "fire",
                        MEANING,
                        FencedStatements.one(
                                project.phase().leavesAFence(),
                                triggers.getFirst().remedy()),
                        one ? "" : ", and likewise for the others");
    }
}
