package dev.upshift.pooler;

import org.jspecify.annotations.Nullable;

/**
 * Something that would have been done to a pooler.
 *
 * @param where the pooler's name, or the path of a file
 * @param text the console command, or what happens to the file; without passwords
 * @param condition when it will be done, if not always; a phrase that begins with “only”
 */
public record RecordedAction(
        Kind kind, String where, String text, @Nullable String condition) {

    /** What it is done to. */
    public enum Kind {
        CONSOLE,
        FILE
    }
}
