package dev.upshift.dashboard.web.live;

import dev.upshift.engine.RunChanged;
import dev.upshift.monitoring.SnapshotTaken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Everybody who listens, on this node. Listeners hear what this node has sampled and run; what another one does they see
 * with their own slow refresh.
 *
 * <p>Stops before the web server does, which would otherwise wait for streams that never end.
 */
@Component
class LiveStreams implements SmartLifecycle {

    /** Shorter than the minute after which common proxies end a silent connection. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** Then the listener connects again, and is asked again who it is. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private static final long RECONNECT_MILLIS = 2_000;

    /** More pages than anybody looks at; each costs a connection, and a sending every time that something happens. */
    static final int STREAMS_OF_USER = 50;

    static final int STREAMS = 500;

    private final Clock clock;
    private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();

    /** Null while stopped. */
    private volatile @Nullable SimpleAsyncTaskScheduler scheduler;

    LiveStreams(Clock clock) {
        this.clock = clock;
    }

    /**
     * Opens a stream; the caller hands the emitter to the web framework.
     *
     * @param user who listens
     * @param slug the project to listen to; null for all
     * @throws TooManyStreams if the user, or all together, have as many as may be
     */
    synchronized SseEmitter open(String user, @Nullable String slug) {
        refuseTooMany(user);
        SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
        greet(emitter);
        SimpleAsyncTaskScheduler threads = scheduler;
        if (threads == null) {
            emitter.complete();
            return emitter;
        }
        LiveStream stream = new LiveStream(user, slug, emitter, threads, clock);
        emitter.onCompletion(() -> streams.remove(stream));
        emitter.onTimeout(emitter::complete);
        emitter.onError(error -> streams.remove(stream));
        streams.add(stream);
        return emitter;
    }

    private void refuseTooMany(String user) {
        long own = streams.stream().filter(stream -> stream.isOf(user)).count();
        if (own >= STREAMS_OF_USER) {
            throw new TooManyStreams(
                    "%s listens on %d streams already, which is as many as one may; close some.".formatted(user, own));
        }
        if (streams.size() >= STREAMS) {
            throw new TooManyStreams(
                    "There are %d listeners already, which is as many as there may be.".formatted(streams.size()));
        }
    }

    int listeners() {
        return streams.size();
    }

    @EventListener
    void on(SnapshotTaken taken) {
        ring(new Bell.Snapshot(taken.slug()));
    }

    @EventListener
    void on(RunChanged changed) {
        ring(new Bell.Run(changed.slug(), changed.number()));
    }

    @Override
    public void start() {
        SimpleAsyncTaskScheduler threads = new SimpleAsyncTaskScheduler();
        threads.setThreadNamePrefix("live-");
        threads.setVirtualThreads(true);
        threads.setClock(clock);
        ScheduledFuture<?> _ = threads.scheduleWithFixedDelay(() -> ring(new Bell.Heartbeat()), HEARTBEAT);
        scheduler = threads;
    }

    @Override
    public void stop() {
        SimpleAsyncTaskScheduler threads = scheduler;
        scheduler = null;
        streams.forEach(LiveStream::end);
        streams.clear();
        if (threads != null) {
            threads.close();
        }
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
    }

    private void ring(Bell bell) {
        streams.forEach(stream -> stream.ring(bell));
    }

    /** Sent at once, so that the listener knows that it is heard, and what to do when it is not any more. */
    private static void greet(SseEmitter emitter) {
        try {
            emitter.send(SseEmitter.event().comment("listening").reconnectTime(RECONNECT_MILLIS));
        } catch (IOException impossible) {
            throw new UncheckedIOException("An emitter that was not handed over yet only collects", impossible);
        }
    }

    /** One stream more than may be. */
    static final class TooManyStreams extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyStreams(String message) {
            super(message);
        }
    }
}
