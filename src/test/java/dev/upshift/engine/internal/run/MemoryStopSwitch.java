package dev.upshift.engine.internal.run;

import dev.upshift.engine.StopSwitch;
import dev.upshift.engine.StopSwitch.StopOrder;
import dev.upshift.engine.StopSwitch.Stopped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A switch for all runs, which Ola turns. */
final class MemoryStopSwitch implements StopSwitch {

    private @Nullable StopOrder order;

    @Override
    public Optional<StopOrder> order() {
        return Optional.ofNullable(order);
    }

    @Override
    public Stopped stop(@Nullable String confirmation, @Nullable String reason) {
        StopOrder placed = new StopOrder("ola", reason == null ? "" : reason, Instant.EPOCH);
        order = placed;
        return new Stopped(placed, List.of(), List.of());
    }

    @Override
    public void allow(@Nullable String confirmation) {
        order = null;
    }
}
