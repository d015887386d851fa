package dev.upshift.dashboard.web.frame;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What an error page says.
 *
 * @param title what happened
 * @param sentence what it means
 * @param todo what to do next
 * @param project slug of the project to go back to; null where there is none
 */
public record Trouble(
        int status,
        String title,
        String sentence,
        String todo,
        @Nullable String project) {

    Trouble(int status, String title, String sentence, String todo) {
        this(status, title, sentence, todo, null);
    }

    /** Nothing was changed by the request. */
    static Trouble of(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND ->
                new Trouble(
                        404,
                        "There is no such page",
                        "The address leads nowhere: mistyped, or what it showed was removed.",
                        "Go to the list of projects and find the way from there.");
            case FORBIDDEN ->
                new Trouble(
                        403,
                        "This was refused",
                        "Either you may not do this, or the page was open so long that its form is no longer valid."
                                + " Nothing was changed.",
                        "Load the page again and try once more.");
            case METHOD_NOT_ALLOWED, BAD_REQUEST ->
                new Trouble(
                        status.value(),
                        "The request was not understood",
                        "Something in the address or in the form is not what this page expects. Nothing was changed.",
                        "Go back and try again.");
            default ->
                new Trouble(
                        status.value(),
                        "Upshift failed to show this page",
                        "The reason is in the control plane's log. Runs that are under way are not affected by this"
                                + " page, and clients are not either.",
                        "Load the page again; if it fails once more, look at the log.");
        };
    }
}
