package dev.upshift.dashboard.web.live;

import dev.upshift.dashboard.web.live.LiveStreams.TooManyStreams;
import dev.upshift.identity.CurrentActor;
import dev.upshift.project.Projects;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Server-sent events for pages and API clients alike: {@code snapshot} when a project was sampled, {@code run} when one
 * of its runs has moved on. They only say that there is something new. What happened while nobody was connected is not
 * told afterwards: a client looks once whenever it has connected.
 */
@RestController
class LiveUpdates {

    private final Projects projects;
    private final LiveStreams streams;
    private final CurrentActor actor;

    LiveUpdates(Projects projects, LiveStreams streams, CurrentActor actor) {
        this.projects = projects;
        this.streams = streams;
        this.actor = actor;
    }

    /** What concerns one project. */
    @Operation(summary = "Rings when there is news of the project")
    @GetMapping(path = "/api/v1/projects/{slug}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> project(@PathVariable String slug) {
        return stream(projects.get(slug).slug());
    }

    /** What concerns any project. */
    @Operation(summary = "Rings when there is news of any project")
    @GetMapping(path = "/api/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> all() {
        return stream(null);
    }

    private ResponseEntity<SseEmitter> stream(@Nullable String slug) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no") // or nginx would collect the events
                .body(opened(slug));
    }

    private SseEmitter opened(@Nullable String slug) {
        try {
            return streams.open(actor.name(), slug);
        } catch (TooManyStreams refused) {
            throw new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS, refused.getMessage(), refused);
        }
    }
}
