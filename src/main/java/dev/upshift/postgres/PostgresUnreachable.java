package dev.upshift.postgres;

import org.jspecify.annotations.Nullable;

/** A session could not be opened. The message tells the operator what happened and what to do; it holds no secret. */
public final class PostgresUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public PostgresUnreachable(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why a session could not be opened. */
    public enum Reason {
        HOST_UNKNOWN,
        REFUSED,
        TIMED_OUT,
        AUTHENTICATION,
        DATABASE_MISSING,
        TLS,
        TOO_MANY_CONNECTIONS,
        STARTING_UP,
        OTHER
    }
}
