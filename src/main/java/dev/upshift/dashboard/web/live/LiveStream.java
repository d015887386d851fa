package dev.upshift.dashboard.web.live;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One listener's stream. Bells that ring in quick succession are heard as one, but never later than the pause, and never
 * not at all. Sending, which may block on a slow listener, happens on threads of the scheduler, one at a time.
 */
final class LiveStream {

    /** Five bells a second are as much as a page can follow. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final String user;
    private final @Nullable String slug;
    private final SseEmitter emitter;
    private final SimpleAsyncTaskScheduler scheduler;
    private final Clock clock;
    private final Set<Bell> pending = new LinkedHashSet<>();
    private boolean sending;
    private Instant notBefore = Instant.EPOCH;

    /**
     * @param user who listens
     * @param slug the project that is listened to; null for all
     */
    LiveStream(
            String user, @Nullable String slug, SseEmitter emitter, SimpleAsyncTaskScheduler scheduler, Clock clock) {
        this.user = user;
        this.slug = slug;
        this.emitter = emitter;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    boolean isOf(String other) {
        return user.equals(other);
    }

    void ring(Bell bell) {
        if (slug != null && !bell.concerns(slug)) {
            return;
        }
        synchronized (pending) {
            pending.add(bell);
            if (!sending) {
                sending = true;
                sendSoon();
            }
        }
    }

    /** Ends the stream, on another thread because the listener may be slow. */
    void end() {
        scheduler.execute(emitter::complete);
    }

    private void sendSoon() {
        Instant now = clock.instant();
        ScheduledFuture<?> _ = scheduler.schedule(this::send, notBefore.isAfter(now) ? notBefore : now);
    }

    private void send() {
        List<Bell> bells;
        synchronized (pending) {
            bells = List.copyOf(pending);
            pending.clear();
        }
        if (!reached(bells)) {
            return; // nobody listens any more; the stream was taken out and stays silent
        }
        synchronized (pending) {
            notBefore = clock.instant().plus(PAUSE);
            sending = !pending.isEmpty();
            if (sending) {
                sendSoon();
            }
        }
    }

    private boolean reached(List<Bell> bells) {
        try {
            for (Bell bell : bells) {
                emitter.send(bell.event());
            }
            return true;
        } catch (IOException | IllegalStateException gone) {
            emitter.completeWithError(gone);
            return false;
        }
    }
}
