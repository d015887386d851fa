package dev.upshift.engine.internal.lease;

import dev.upshift.engine.procedure.Ownership;
import dev.upshift.shared.Waiting;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Ownership of a run as long as its lease is renewed, judged by this process alone. */
public final class LeasedOwnership implements Ownership, AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(5);

    private final Lease lease;
    private final LeaseTerms terms;
    private final Waiting waiting;
    private final LongSupplier nanos;
    private final Consumer<LeasedOwnership> onClose;
    private volatile long renewedAt;
    private volatile boolean lost;
    private volatile boolean pastPivot;
    private volatile Runnable onLoss = () -> {};
    private volatile Consumer<String> onAbort = by -> {};

    /** @param askedAt when the lease was asked for, by {@code nanos} */
    LeasedOwnership(
            Lease lease,
            long askedAt,
            LeaseTerms terms,
            Waiting waiting,
            LongSupplier nanos,
            Consumer<LeasedOwnership> onClose) {
        this.lease = lease;
        this.renewedAt = askedAt;
        this.terms = terms;
        this.waiting = waiting;
        this.nanos = nanos;
        this.onClose = onClose;
    }

    long run() {
        return lease.run();
    }

    int epoch() {
        return lease.epoch();
    }

    /**
     * @param askedAt when the renewal was asked for: it may have been granted at any time since
     * @param abortRequestedBy who asked for the run to be aborted, at whichever control plane; empty for nobody
     */
    void renewed(long askedAt, String abortRequestedBy) {
        renewedAt = askedAt;
        if (!abortRequestedBy.isEmpty()) {
            onAbort.accept(abortRequestedBy);
        }
    }

    /** What is done, perhaps several times, when somebody asked for an abort. */
    public void onAbort(Consumer<String> action) {
        onAbort = action;
    }

    /** Another control plane owns the run. */
    void lose() {
        if (!lost) {
            lost = true;
            onLoss.run();
        }
    }

    public boolean isLost() {
        return lost;
    }

    /** What ends the work that is under way when the run turns out to be somebody else's. */
    public void onLoss(Runnable action) {
        onLoss = action;
        if (lost) {
            action.run();
        }
    }

    /** The pivot's row is committed: whoever owns the run goes forward. */
    public void passPivot() {
        pastPivot = true;
    }

    @Override
    public void require() {
        boolean decided = isEnough() || waiting.until(terms.patience(), POLL, () -> lost || isEnough());
        if (decided && !lost) {
            return;
        }
        if (lost) {
            throw new StaleOwner(run(), epoch());
        }
        throw new IllegalStateException("The metadata database has not answered for " + age().toMillis()
                + " ms, so another control plane may have taken the run over.");
    }

    private boolean isEnough() {
        return pastPivot ? mayConclude() : isSure();
    }

    @Override
    public boolean isSure() {
        return !lost && age().compareTo(terms.sure()) < 0;
    }

    @Override
    public boolean mayConclude() {
        return !lost && age().compareTo(terms.conclude()) < 0;
    }

    private Duration age() {
        return Duration.ofNanos(nanos.getAsLong() - renewedAt);
    }

    @Override
    public String mark() {
        return "run " + run() + "." + epoch();
    }

    /** Gives the run up. */
    @Override
    public void close() {
        onClose.accept(this);
    }

    /** Which run is owned, in which of its epochs. */
    record Lease(long run, int epoch) {}
}
