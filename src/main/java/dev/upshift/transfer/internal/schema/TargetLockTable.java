package dev.upshift.transfer.internal.schema;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Side;
import java.util.EnumSet;
import java.util.Set;

/** The target has room for the locks of one transaction that makes all objects of a database. */
final class TargetLockTable implements Check<Inspection> {

    @Override
    public String id() {
        return "target-lock-table";
    }

    @Override
    public Severity severity() {
        return Severity.BLOCKER;
    }

    @Override
    public Scope scope() {
        return Scope.TARGET;
    }

    @Override
    public Set<Moment> moments() {
        return EnumSet.of(Moment.PLAN);
    }

    @Override
    public String fine(Inspection inspected) {
        return "The target has room for the locks that making its schema takes.";
    }

    @Override
    public CheckResult look(Inspection inspected) {
        BothSchemas schemas = new BothSchemas(inspected.project(), inspected.ports());
        Catalog catalog = inspected.servers().catalog();
        LockTable locks;
        try (PostgresSession maintenance = schemas.open(Side.TARGET, CopySchema.MAINTENANCE)) {
            locks = LockTable.of(catalog.settings(maintenance, LockTable.settings()));
        }
        return inspected.everyDatabaseInTurn(database -> {
            try (PostgresSession source = schemas.open(Side.SOURCE, database)) {
                return locks
                        .finding(database, catalog.relations(source))
                        .filter(tooMany -> schemas.compare(database).targetEmpty()) // what is there needs no room
                        .stream()
                        .toList();
            }
        });
    }
}
