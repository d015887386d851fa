package dev.upshift.pooler;

import org.jspecify.annotations.Nullable;

/** A console does not answer or refuses; the message names the pooler and the remedy and holds no secret. */
public final class PoolerUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public PoolerUnreachable(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why a console could not be used. */
    public enum Reason {
        HOST_UNKNOWN,
        REFUSED,
        TIMED_OUT,
        AUTHENTICATION,
        /** Signed in, but only as a statistics user: PAUSE and RELOAD would be refused. */
        NOT_ADMIN,
        LOST,
        OTHER
    }
}
