package dev.upshift.postgres.internal.fence;

import dev.upshift.postgres.fence.Fence;
import dev.upshift.shared.Waiting;
import java.time.Clock;

/** The fence put together as the application does it. */
public final class TestFence {

    private TestFence() {}

    public static Fence create() {
        return create(new Waiting(Clock.systemUTC()));
    }

    static Fence create(Waiting waiting) {
        return new DatabaseFence(
                new ClientSessions(waiting), new FencePassages(waiting), new DatabaseSettings(waiting));
    }
}
