package dev.upshift.engine.internal.lease;

import dev.upshift.engine.internal.lease.LeasedOwnership.Lease;
import dev.upshift.shared.Waiting;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Renews the leases of all runs that this control plane executes, on a thread that does nothing else. */
@Component
public class LeaseKeeper {

    private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

    private final RunLeases leases;
    private final LeaseTerms terms;
    private final Waiting waiting;
    private final LongSupplier nanos;
    private final Map<Long, LeasedOwnership> kept = new ConcurrentHashMap<>();
    private final Executor threads;
    private boolean renewing;
    private boolean complained;

    @Autowired
    public LeaseKeeper(RunLeases leases, LeaseTerms terms, Waiting waiting) {
        // no crowd of virtual threads can keep a platform thread waiting
        this(
                leases,
                terms,
                waiting,
                System::nanoTime,
                work -> Thread.ofPlatform().daemon().name("run-leases").start(work));
    }

    /** @param threads executes what does not end as long as there is something to renew */
    public LeaseKeeper(RunLeases leases, LeaseTerms terms, Waiting waiting, LongSupplier nanos, Executor threads) {
        this.leases = leases;
        this.terms = terms;
        this.waiting = waiting;
        this.nanos = nanos;
        this.threads = threads;
    }

    /** The time, as {@link #keep} wants it. */
    public long now() {
        return nanos.getAsLong();
    }

    /**
     * Renews from now on, until what is returned is closed.
     *
     * @param askedAt when the lease was asked for
     */
    public synchronized LeasedOwnership keep(long run, int epoch, long askedAt) {
        LeasedOwnership ownership =
                new LeasedOwnership(new Lease(run, epoch), askedAt, terms, waiting, nanos, this::release);
        kept.put(run, ownership);
        if (!renewing) {
            renewing = true;
            threads.execute(this::keepRenewing);
        }
        return ownership;
    }

    private void release(LeasedOwnership ownership) {
        kept.remove(ownership.run(), ownership);
        if (!ownership.isLost()) {
            leases.free(ownership.run(), ownership.epoch());
        }
    }

    private void keepRenewing() {
        while (!isIdle()) {
            renew();
            waiting.pause(terms.renewEvery());
        }
    }

    private synchronized boolean isIdle() {
        renewing = !kept.isEmpty();
        return !renewing;
    }

    /** One renewal of all; what the metadata database does not answer is asked again the next time. */
    public void renew() {
        Map<Long, LeasedOwnership> asked = Map.copyOf(kept);
        if (asked.isEmpty()) {
            return;
        }
        long askedAt = nanos.getAsLong();
        try {
            Map<Long, String> owned = leases.renew(
                    asked.values().stream().collect(Collectors.toMap(LeasedOwnership::run, LeasedOwnership::epoch)));
            asked.values().forEach(ownership -> {
                String abortRequestedBy = owned.get(ownership.run());
                if (abortRequestedBy != null) {
                    ownership.renewed(askedAt, abortRequestedBy);
                } else if (kept.get(ownership.run()) == ownership) {
                    log.warn("Run {} belongs to another control plane by now; this one stops", ownership.run());
                    ownership.lose();
                }
            });
            complained = false;
        } catch (RuntimeException unanswered) {
            if (!complained) {
                log.warn("Leases of runs could not be renewed, trying again", unanswered);
                complained = true;
            }
        }
    }
}
