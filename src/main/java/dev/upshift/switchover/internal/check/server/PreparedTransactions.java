package dev.upshift.switchover.internal.check.server;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.switchover.internal.route.Switch;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** No prepared transaction is open on the side that is left: it would commit after the barrier. */
public final class PreparedTransactions implements Check<Switch> {

    @Override
    public String id() {
        return "prepared-transactions";
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
    public String fine(Switch sw) {
        return "No prepared transaction is open.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return sw.everyDatabase(database -> {
            int count = sw.servers().catalog().preparedTransactions(sw.onFrom(database));
            return count == 0
                    ? List.of()
                    : List.of(new Finding(
                            Place.on(sw.from(), database),
                            List.of(),
                            count == 1
                                    ? "1 prepared transaction is open (pg_prepared_xacts)."
                                    : "%d prepared transactions are open (pg_prepared_xacts).".formatted(count),
                            "COMMIT PREPARED or ROLLBACK PREPARED there what is in that view."));
        });
    }
}
