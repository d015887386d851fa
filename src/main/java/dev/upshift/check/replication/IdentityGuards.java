package dev.upshift.check.replication;

import dev.upshift.check.replication.IdentityJudgement.Flaw;
import dev.upshift.check.replication.IdentityJudgement.OneSide;
import dev.upshift.check.replication.IdentityJudgement.Topic;
import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.FencedStatements;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.TableIdentity;
import dev.upshift.project.Acceptance;
import dev.upshift.project.Project;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks at what rows are found by, on both sides and for both directions: what works now may fail once the other side
 * publishes, and then there is no way back.
 */
public final class IdentityGuards {

    /** A remedy that begins as a statement does. */
    private static final Pattern STATEMENT = Pattern.compile("^[A-Z]{2}");

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private final Project project;
    private final Catalog catalog;
    private final SessionPool pool;
    private final FanOut concurrently;
    private final Map<String, List<Flaw>> known = new ConcurrentHashMap<>();

    public IdentityGuards(Project project, Catalog catalog, SessionPool pool, FanOut concurrently) {
        this.project = project;
        this.catalog = catalog;
        this.pool = pool;
        this.concurrently = concurrently;
    }

    public void look(GuardBook book) {
        book.look(
                "replica-identity",
                "Every table has a replica identity that works in both directions.",
                () -> objections(Topic.IDENTITY));
        book.look(
                "identity-full-types",
                "Rows that are found by all their columns can be compared.",
                project.settings().accepts(Acceptance.IDENTITY_FULL_TYPES),
                () -> objections(Topic.TYPES));
    }

    private List<String> objections(Topic topic) {
        return concurrently
                .map(
                        project.databases(),
                        database -> sentences(
                                database,
                                flaws(database),
                                topic,
                                project.phase().leavesAFence()))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Read once for both guards. */
    private List<Flaw> flaws(String database) {
        List<Flaw> flaws = known.get(database);
        if (flaws == null) {
            Side publisher = project.servingSide();
            List<OneSide> sides = concurrently.map(List.of(publisher, publisher.other()), side -> side(side, database));
            flaws = IdentityJudgement.both(sides.getFirst(), sides.getLast());
            known.put(database, flaws);
        }
        return flaws;
    }

    private OneSide side(Side side, String database) {
        PostgresSession session = pool.work(side, database);
        List<TableIdentity> tables = catalog.identities(session);
        return new OneSide(side, session.version(), tables);
    }

    /** One sentence for all tables of a side that have the same flaw. */
    static List<String> sentences(String database, List<Flaw> flaws, Topic topic, boolean fenced) {
        return flaws.stream()
                .filter(flaw -> flaw.topic() == topic)
                .collect(Collectors.groupingBy(
                        flaw -> new Kind(flaw.side(), flaw.reason(), flaw.remedy()),
                        LinkedHashMap::new,
                        Collectors.mapping(Flaw::table, Collectors.toList())))
                .entrySet()
                .stream()
                .map(same -> sentence(database, same.getKey(), same.getValue(), fenced))
                .toList();
    }

    /** What is to be done on both sides begins so on both: it does no harm where there is no fence. */
    private static String sentence(String database, Kind kind, List<TableName> tables, boolean fenced) {
        return "%s on the %s, %s: %s. Remedy: %s."
                .formatted(
                        database,
                        kind.side().word(),
                        Names.some(tables),
                        kind.reason(),
                        FencedStatements.one(
                                fenced && STATEMENT.matcher(kind.remedy()).find(),
                                kind.remedy().formatted(quoted(tables.getFirst()))));
    }

    private static String quoted(TableName table) {
        return quoted(table.schema()) + "." + quoted(table.table());
    }

    private static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private record Kind(Side side, String reason, String remedy) {}
}
