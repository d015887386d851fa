package dev.upshift.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did.
 *
 * @param at when it was recorded, moments after it happened
 * @param actor the user's name, or {@code system}
 * @param projectSlug the project it was done to; null for what concerns no project, such as signing in
 * @param sentence for people; holds no secret
 */
public record AuditEntry(
        long id,
        Instant at,
        String actor,
        Action action,
        @Nullable String projectSlug,
        String sentence) {

    /** Kinds of entries, for programs. */
    public enum Action {
        PROJECT_CHANGED,
        RUN_STARTED,
        RUN_ENDED,
        RUNS_STOPPED,
        RUNS_ALLOWED,
        SIGNED_IN,
        SIGN_IN_FAILED
    }
}
