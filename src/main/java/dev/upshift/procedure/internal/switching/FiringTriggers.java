package dev.upshift.procedure.internal.switching;

import dev.upshift.procedure.internal.common.AlwaysTriggerGuard;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.procedure.internal.engine.StepOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Triggers on the side that was left that fire for what the way back brings, asked past the pivot: one that was enabled
 * since the last look before the window stops the way back at its first row, behind the fence, or changes what arrives.
 */
final class FiringTriggers {

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private FiringTriggers() {}

    /** What a step comes to while there are some; empty once there are none, or the project accepts them. */
    static Optional<StepOutcome> outcome(Switch sw) {
        List<String> firing = sw.databases().stream()
                .flatMap(database -> sw
                        .pool()
                        .reliably(
                                sw.from(),
                                database,
                                Role.READ,
                                session -> AlwaysTriggerGuard.objections(
                                        sw.project(), sw.parts().catalog(), sw.from(), database, session))
                        .stream())
                .toList();
        return firing.isEmpty()
                ? Optional.empty()
                : Optional.of(StepOutcome.retry(
                        "The way back is not ready before that is done: %s On the %s that is behind its fence: BEGIN READ WRITE first."
                                .formatted(String.join(" ", firing), sw.from().word()),
                        AGAIN));
    }
}
