package dev.upshift.engine.procedure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns an exception of a step into the sentence that people read. */
public final class Reasons {

    private Reasons() {}

    /** The first line of the most specific cause that says anything, ended by a full stop. */
    public static String of(Throwable failure) {
        Throwable cause = isOurs(failure) ? failure : mostSpecific(failure);
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

    /** A driver's sentence of what it was doing, where the end of a connection below it has no words. */
    private static Throwable mostSpecific(Throwable failure) {
        Throwable telling = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            telling = isSilent(cause.getMessage()) && !isSilent(telling.getMessage()) ? telling : cause;
        }
        return telling;
    }

    private static boolean isSilent(@Nullable String message) {
        return message == null || message.isBlank();
    }

    private static boolean isOurs(Throwable failure) {
        return failure.getClass().getName().startsWith("dev.upshift.");
    }
}
