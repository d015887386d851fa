package dev.upshift.switchover.internal.route;

import dev.upshift.engine.Rehearsal.OpenTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was seen of the load, look by look. */
public final class LoadSamples {

    private final List<Duration> barriers = new ArrayList<>();
    private Optional<OpenTransaction> oldest = Optional.empty();

    /** @param barrier how long it took to reach */
    public void add(Optional<OpenTransaction> open, Duration barrier) {
        barriers.add(barrier);
        if (open.isPresent()
                && (oldest.isEmpty() || open.get().ageMillis() > oldest.get().ageMillis())) {
            oldest = open;
        }
    }

    public int count() {
        return barriers.size();
    }

    public Optional<OpenTransaction> oldest() {
        return oldest;
    }

    /** The median; zero without a sample. */
    Duration usualBarrier() {
        return barriers.isEmpty()
                ? Duration.ZERO
                : barriers.stream().sorted().toList().get(barriers.size() / 2);
    }

    public Duration slowestBarrier() {
        return barriers.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
