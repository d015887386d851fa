package dev.upshift.dashboard.web.live;

import java.util.Map;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/** Says that something about a project is new, not what: whoever hears it fetches what it shows. */
sealed interface Bell {

    SseEventBuilder event();

    /** Whether those who listen to one project hear it. */
    boolean concerns(String slug);

    /** The project was sampled. */
    record Snapshot(String slug) implements Bell {

        @Override
        public SseEventBuilder event() {
            return SseEmitter.event().name("snapshot").data(Map.of("slug", slug));
        }

        @Override
        public boolean concerns(String other) {
            return slug.equals(other);
        }
    }

    /** A run of the project has moved on. */
    record Run(String slug, int number) implements Bell {

        @Override
        public SseEventBuilder event() {
            return SseEmitter.event().name("run").data(Map.of("slug", slug, "number", number));
        }

        @Override
        public boolean concerns(String other) {
            return slug.equals(other);
        }
    }

    /** Nothing is new; keeps proxies from ending the stream, and finds out who has left without a word. */
    record Heartbeat() implements Bell {

        @Override
        public SseEventBuilder event() {
            return SseEmitter.event().comment("");
        }

        @Override
        public boolean concerns(String other) {
            return true;
        }
    }
}
