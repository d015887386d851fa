package dev.upshift.switchover.internal.window;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.fence.Fence.Behind;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;

/** Lag reads zero while a write transaction is still open, and it then commits after "lag zero". */
public final class DrainTransactions extends SwitchStep {

    private static final Duration AGAIN = Duration.ofMillis(2);

    public DrainTransactions(Switch sw) {
        super(sw, "drain-transactions", Part.WINDOW, sw.project().settings().pauseBudget());
    }

    @Override
    public String sentence() {
        return "Wait until no client transaction on the %s can write any more, prepared ones included."
                .formatted(sw.from().word());
    }

    @Override
    public boolean leavesNothing() {
        return true;
    }

    @Override
    protected StepOutcome act(RunContext run) {
        String[] open = {""};
        boolean drained = sw.waiting().until(sw.watch().left(), AGAIN, () -> {
            open[0] = String.join(" ", sw.fanOut().map(sw.databases(), this::stillOpen))
                    .strip();
            return open[0].isEmpty() || !sw.watch().isHolding();
        });
        return drained && open[0].isEmpty()
                ? StepOutcome.done("No transaction is left that could write.")
                : StepOutcome.failed(open[0].isEmpty() ? sw.watch().whyExpired() : open[0]);
    }

    private String stillOpen(String database) {
        Behind behind = sw.servers().fence().behind(sw.onFrom(database));
        if (!behind.writers().isEmpty()) {
            ClientSession first = behind.writers().getFirst();
            return "A write transaction is open on %s (pid %d, user %s, from %s)."
                    .formatted(database, first.pid(), first.user(), first.address());
        }
        sw.stillness().begins(database, behind.next());
        int prepared = sw.servers().catalog().preparedTransactions(sw.onFrom(database));
        return prepared == 0 ? "" : "%d prepared transactions are open on %s.".formatted(prepared, database);
    }
}
