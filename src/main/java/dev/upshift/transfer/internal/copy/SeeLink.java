package dev.upshift.transfer.internal.copy;

import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.link.LinkBarrier;
import dev.upshift.postgres.link.LinkBarrier.Reading;
import java.time.Duration;

/** Writes on the source, and waits until it is on the target. */
final class SeeLink extends ReplicateStep {

    private static final Duration BARRIER = Duration.ofMinutes(1);
    private static final Duration BARRIER_POLL = Duration.ofMillis(20);

    private final LinkBarrier barrier;

    SeeLink(ForwardLinks links) {
        super(links, "see-link", SHORTLY);
        Ports ports = links.ports();
        this.barrier =
                new LinkBarrier(ports.servers().helperSchema(), ports.servers().links(), ports.waiting());
    }

    @Override
    public String sentence() {
        return "See a sentinel written on the source arrive on the target.";
    }

    @Override
    public StepOutcome perform(RunContext run) {
        for (String database : links.databases()) {
            Reading reading =
                    barrier.await(links.source(database), links.target(database), BARRIER, BARRIER_POLL, () -> true);
            if (!reading.reached()) {
                return StepOutcome.retry(
                        "%s: what was written up to %s is not on the target yet.".formatted(database, reading.end()),
                        LOOK);
            }
        }
        return StepOutcome.done("What is written on the source arrives on the target.");
    }
}
