package dev.upshift.check.replication;

import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.Catalog.RowSecurity;
import dev.upshift.postgres.FencedStatements;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.project.Project;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether row security would keep rows from being copied, or from being applied: a policy leaves rows out of what our role
 * copies from the source, and from 16 on changes are applied as the table's owner, who is refused where row security is
 * forced on him: on either side, because each subscribes at some time.
 */
public final class RowSecurityGuard {

    /** Changes are applied with the rights of the table's owner (documentation of CREATE SUBSCRIPTION, run_as_owner). */
    private static final int APPLIES_AS_OWNER = 16;

    private final Project project;
    private final Catalog catalog;
    private final SessionPool pool;

    public RowSecurityGuard(Project project, Catalog catalog, SessionPool pool) {
        this.project = project;
        this.catalog = catalog;
        this.pool = pool;
    }

    public void look(GuardBook book) {
        book.look(
                "row-security",
                "No row security hides rows from our role, or refuses changes that are applied.",
                () -> project.databases().stream()
                        .flatMap(database ->
                                Arrays.stream(Side.values()).flatMap(side -> objections(side, database).stream()))
                        .toList());
    }

    private List<String> objections(Side side, String database) {
        PostgresSession session = pool.work(side, database);
        List<RowSecurity> tables = catalog.rowSecurity(session);
        List<String> wrong = new ArrayList<>();
        List<TableName> hidden = names(tables, RowSecurity::hides);
        if (side == Side.SOURCE && !hidden.isEmpty()) {
            wrong.add(
                    ("%s: row security on the %s hides rows of %s from our role: a copy lacks them, and they cannot be"
                                    + " verified. %s for our role there; what was copied before is copied anew.")
                            .formatted(
                                    database,
                                    side.word(),
                                    Names.some(hidden),
                                    FencedStatements.one(project.isFenced(side), "ALTER ROLE … BYPASSRLS")));
        }
        stopsApply(project, side, database, session, tables).ifPresent(wrong::add);
        return wrong;
    }

    /** What would stop the changes that are applied on that side, in a sentence. */
    public static Optional<String> stopsApply(
            Project project, Catalog catalog, Side side, String database, PostgresSession session) {
        return session.version().isAtLeast(APPLIES_AS_OWNER)
                ? stopsApply(project, side, database, session, catalog.rowSecurity(session))
                : Optional.empty();
    }

    private static Optional<String> stopsApply(
            Project project, Side side, String database, PostgresSession session, List<RowSecurity> tables) {
        List<TableName> bound = names(tables, RowSecurity::bindsOwner);
        return session.version().isAtLeast(APPLIES_AS_OWNER) && !bound.isEmpty()
                ? Optional.of(
                        ("%s: row security is forced on the owner (%s) of %s on the %s, and changes are applied as the owner:"
                                        + " replication to it would stop at the first row. %s for the owner there, or"
                                        + " %s there until the upgrade is finished.")
                                .formatted(
                                        database,
                                        owners(tables),
                                        Names.some(bound),
                                        side.word(),
                                        FencedStatements.one(project.isFenced(side), "ALTER ROLE … BYPASSRLS"),
                                        FencedStatements.one(
                                                project.isFenced(side), "ALTER TABLE … NO FORCE ROW LEVEL SECURITY")))
                : Optional.empty();
    }

    private static List<TableName> names(List<RowSecurity> tables, Predicate<RowSecurity> which) {
        return tables.stream().filter(which).map(RowSecurity::name).toList();
    }

    private static String owners(List<RowSecurity> tables) {
        return Names.some(tables.stream()
                .filter(RowSecurity::bindsOwner)
                .map(RowSecurity::owner)
                .distinct()
                .toList());
    }
}
