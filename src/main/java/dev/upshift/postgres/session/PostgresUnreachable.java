package dev.upshift.postgres.session;

import org.jspecify.annotations.Nullable;

/** A session could not be opened. The message tells the operator what happened and what to do; it holds no secret. */
public final class PostgresUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String ANY_REMEDY = "Let our role in there, and look again.";

    private final Reason reason;
    private final String happened;
    private final String remedy;

    public PostgresUnreachable(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.happened = message;
        this.remedy = ANY_REMEDY;
    }

    /** The message is both sentences. */
    public PostgresUnreachable(Reason reason, String happened, String remedy, @Nullable Throwable cause) {
        super(happened + " " + remedy, cause);
        this.reason = reason;
        this.happened = happened;
        this.remedy = remedy;
    }

    public Reason reason() {
        return reason;
    }

    /** What happened, without what to do. */
    public String happened() {
        return happened;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
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
