package dev.upshift.check.replication;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.Catalog.RowSecurity;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.project.Project;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Row security does not keep rows from being copied, or from being applied: a policy leaves rows out of what our role
 * copies from the source, and from 16 on changes are applied as the table's owner, who is refused where row security is
 * forced on him: on either side, because each subscribes at some time.
 */
public final class RowSecurityCheck implements Check<Inspection> {

    /** Changes are applied with the rights of the table's owner (documentation of CREATE SUBSCRIPTION, run_as_owner). */
    private static final int APPLIES_AS_OWNER = 16;

    @Override
    public String id() {
        return "row-security";
    }

    @Override
    public Severity severity() {
        return Severity.BLOCKER;
    }

    @Override
    public Scope scope() {
        return Scope.BOTH;
    }

    @Override
    public Set<Moment> moments() {
        return EnumSet.of(Moment.PLAN);
    }

    @Override
    public String fine(Inspection inspected) {
        return "No row security hides rows from our role, or refuses changes that are applied.";
    }

    @Override
    public CheckResult look(Inspection inspected) {
        return inspected.everyDatabase(database -> Arrays.stream(Side.values())
                .flatMap(side -> findings(inspected, side, database).stream())
                .toList());
    }

    private static List<Finding> findings(Inspection inspected, Side side, String database) {
        PostgresSession session = inspected.on(side, database);
        List<RowSecurity> tables = inspected.servers().catalog().rowSecurity(session);
        List<Finding> wrong = new ArrayList<>();
        List<TableName> hidden = names(tables, RowSecurity::hides);
        if (side == Side.SOURCE && !hidden.isEmpty()) {
            wrong.add(new Finding(
                    Place.on(side, database),
                    hidden.stream().map(TableName::toString).toList(),
                    "row security hides rows of %s from our role: a copy lacks them, and they cannot be verified."
                            .formatted(Names.some(hidden)),
                    "%s for our role there; what was copied before is copied anew."
                            .formatted(FencedStatements.one(
                                    inspected.project().isFenced(side), "ALTER ROLE … BYPASSRLS"))));
        }
        stopsApply(inspected.project(), side, database, session, tables).ifPresent(wrong::add);
        return wrong;
    }

    /** What would stop the changes that are applied on that side. */
    public static Optional<Finding> stopsApply(
            Project project, Catalog catalog, Side side, String database, PostgresSession session) {
        return session.version().isAtLeast(APPLIES_AS_OWNER)
                ? stopsApply(project, side, database, session, catalog.rowSecurity(session))
                : Optional.empty();
    }

    private static Optional<Finding> stopsApply(
            Project project, Side side, String database, PostgresSession session, List<RowSecurity> tables) {
        List<TableName> bound = names(tables, RowSecurity::bindsOwner);
        if (!session.version().isAtLeast(APPLIES_AS_OWNER) || bound.isEmpty()) {
            return Optional.empty();
        }
        boolean fenced = project.isFenced(side);
        return Optional.of(new Finding(
                Place.on(side, database),
                bound.stream().map(TableName::toString).toList(),
                "row security is forced on the owner (%s) of %s, and changes are applied as the owner: replication to it would stop at the first row."
                        .formatted(owners(tables), Names.some(bound)),
                "%s for the owner there, or %s there until the upgrade is finished."
                        .formatted(
                                FencedStatements.one(fenced, "ALTER ROLE … BYPASSRLS"),
                                FencedStatements.one(fenced, "ALTER TABLE … NO FORCE ROW LEVEL SECURITY"))));
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
