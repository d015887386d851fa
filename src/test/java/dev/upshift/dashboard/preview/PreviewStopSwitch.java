package dev.upshift.dashboard.preview;

import dev.upshift.engine.RunRefused;
import dev.upshift.engine.StopSwitch;
import dev.upshift.engine.StopSwitch.StopOrder;
import dev.upshift.engine.StopSwitch.Stopped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A switch for all runs that stops none. */
public final class PreviewStopSwitch implements StopSwitch {

    private final Clock clock;
    private @Nullable StopOrder order;

    PreviewStopSwitch(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<StopOrder> order() {
        return Optional.ofNullable(order);
    }

    @Override
    public Stopped stop(@Nullable String confirmation, @Nullable String reason) {
        require(STOP, confirmation);
        StopOrder placed = new StopOrder("mara", reason == null ? "" : reason, clock.instant());
        order = placed;
        return new Stopped(placed, List.of(), List.of());
    }

    @Override
    public void allow(@Nullable String confirmation) {
        require(ALLOW, confirmation);
        order = null;
    }

    private static void require(String words, @Nullable String confirmation) {
        if (!words.equals(confirmation)) {
            throw new RunRefused(List.of("Type “" + words + "” to confirm; nothing was changed."));
        }
    }
}
