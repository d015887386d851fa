package dev.upshift.switchover.internal.check.server;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.catalog.Catalog.TransactionFacts;
import dev.upshift.postgres.fence.BlockingTransaction;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * No transaction on the side that is left is so old that PAUSE would wait for it, and none that has written anywhere on the
 * server of the other side, for which the slot of the way back would wait.
 */
public final class LongTransactions implements Check<Switch> {

    private static final int SHOWN = 3;

    @Override
    public String id() {
        return "long-transactions";
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
        return "No transaction is older than the limit.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return CheckResult.of(Stream.concat(
                        sw.fanOut().map(sw.databases(), database -> pauseWaitsFor(sw, database)).stream()
                                .flatMap(List::stream),
                        slotWaitsFor(sw).stream())
                .toList());
    }

    private static List<Finding> pauseWaitsFor(Switch sw, String database) {
        Duration limit = sw.project().settings().longTransactionLimit();
        return sw.servers().catalog().openTransactions(sw.onFrom(database)).stream()
                .filter(transaction -> transaction.age().compareTo(limit) > 0)
                .limit(SHOWN)
                .map(transaction -> pauseWaitsFor(transaction, sw.from(), database))
                .toList();
    }

    private static Finding pauseWaitsFor(TransactionFacts transaction, Side from, String database) {
        return new Finding(
                Place.on(from, database),
                List.of("process %d".formatted(transaction.pid())),
                "a transaction has been open for %d s (pid %d, user %s, application %s)."
                        .formatted(
                                transaction.age().toSeconds(),
                                transaction.pid(),
                                transaction.user(),
                                transaction.application()),
                "Wait for it, or end it there: SELECT pg_terminate_backend(%d);".formatted(transaction.pid()));
    }

    private static Optional<Finding> slotWaitsFor(Switch sw) {
        Duration limit = sw.project().settings().longTransactionLimit();
        List<BlockingTransaction> old = sw.servers().catalog().writingTransactions(sw.onServer(sw.to())).stream()
                .filter(transaction ->
                        transaction.age() != null && transaction.age().compareTo(limit) > 0)
                .toList();
        return old.isEmpty() ? Optional.empty() : Optional.of(slotWaitsFor(old, sw.to()));
    }

    private static Finding slotWaitsFor(List<BlockingTransaction> old, Side to) {
        List<String> names =
                old.stream().limit(SHOWN).map(BlockingTransaction::words).toList();
        return new Finding(
                Place.on(to),
                names,
                "the slot of the way back would wait on this server for %s%s."
                        .formatted(
                                String.join("; ", names),
                                old.size() > SHOWN ? ", and %d more".formatted(old.size() - SHOWN) : ""),
                old.getFirst().remedy());
    }
}
