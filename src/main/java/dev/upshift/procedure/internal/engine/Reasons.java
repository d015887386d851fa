package dev.upshift.procedure.internal.engine;

import java.util.Locale;
import org.springframework.core.NestedExceptionUtils;

/** Turns an exception of a step into the sentence that people read. */
public final class Reasons {

    private Reasons() {}

    /** The most specific cause's first line, ended by a full stop. */
    public static String of(Throwable failure) {
        Throwable cause = isOurs(failure) ? failure : NestedExceptionUtils.getMostSpecificCause(failure);
        String message = cause.getMessage();
        if (message == null || message.isBlank()) {
            return "Unexpected " + cause.getClass().getSimpleName() + "; the log has the details.";
        }
        String line = message.lines().findFirst().orElse(message).strip();
        if (line.toUpperCase(Locale.ROOT).startsWith("ERROR: ")) {
            line = line.substring("ERROR: ".length());
        }
        return line.matches(".*[.!?]") ? line : line + ".";
    }

    private static boolean isOurs(Throwable failure) {
        return failure.getClass().getName().startsWith("dev.upshift.");
    }
}
