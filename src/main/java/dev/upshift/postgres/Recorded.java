package dev.upshift.postgres;

import dev.upshift.shared.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Something that a port would have changed at a server.
 *
 * @param text the statement with its values in place, or the command line; whole, without secrets, and with a word in
 *     pointed brackets (⟨log position then⟩) where there will be a value that nobody knows before
 * @param shown the same, long lists cut after the first few
 * @param condition when it will be done, if not always; a phrase that begins with “only”
 */
public record Recorded(
        Kind kind,
        Endpoint server,
        String database,
        String text,
        String shown,
        @Nullable String condition) {

    /** How it is done. */
    public enum Kind {
        STATEMENT,
        /** One of PostgreSQL's client programs, run by the control plane. */
        COMMAND
    }
}
