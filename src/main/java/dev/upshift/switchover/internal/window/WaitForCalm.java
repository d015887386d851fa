package dev.upshift.switchover.internal.window;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.catalog.Catalog.TransactionFacts;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.ByteCount;
import dev.upshift.switchover.internal.look.FeedingLink;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** PAUSE waits for the longest open transaction, and the barrier for the lag: so both have to be small. */
public final class WaitForCalm extends SwitchStep {

    private static final Duration AGAIN = Duration.ofMillis(100);

    public WaitForCalm(Switch sw) {
        super(sw, "wait-for-calm", Part.BEFORE, Duration.ofMinutes(2));
    }

    @Override
    public String sentence() {
        return "Wait until the %s is less than %s behind and no transaction on the %s is older than %d s."
                .formatted(
                        sw.to().word(),
                        new ByteCount(sw.project().settings().lagThresholdBytes()),
                        sw.from().word(),
                        sw.project().settings().longTransactionLimit().toSeconds());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        List<FeedingLink> links = FeedingLink.all(sw);
        Optional<String> broken = FeedingLink.broken(links);
        if (broken.isPresent()) {
            return StepOutcome.failed(broken.get());
        }
        ByteCount limit = new ByteCount(sw.project().settings().lagThresholdBytes());
        for (FeedingLink link : links) {
            Optional<String> reason = link.behind(limit).or(() -> transactionIsOld(link.database()));
            if (reason.isPresent()) {
                return StepOutcome.retry(reason.get(), AGAIN);
            }
        }
        sw.databases().forEach(this::catchUpWayBack);
        sw.limitStatements(sw.project().settings().pauseBudget());
        return StepOutcome.done("Replication is close behind and no long transaction is open.");
    }

    private Optional<String> transactionIsOld(String database) {
        Duration limit = sw.project().settings().longTransactionLimit();
        return sw.servers().catalog().openTransactions(sw.onFrom(database)).stream()
                .filter(transaction -> transaction.age().compareTo(limit) > 0)
                .findFirst()
                .map(transaction -> describe(transaction, database));
    }

    private static String describe(TransactionFacts transaction, String database) {
        return "A transaction on %s has been open for %d s (pid %d, user %s)."
                .formatted(database, transaction.age().toSeconds(), transaction.pid(), transaction.user());
    }

    /** The log that came since the slot of the way back was made need not be read when it is followed. */
    private void catchUpWayBack(String database) {
        Links links = sw.servers().links();
        PostgresSession beside = sw.pool().session(sw.to(), database, Role.READ);
        links.advanceSlot(beside, sw.wayBack(database), links.writePosition(beside));
    }
}
