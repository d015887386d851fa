package dev.upshift.shared;

/** One direction of logical replication between the two clusters of a project. */
public enum Direction {
    /** Source to target: what fills the new major. */
    FORWARD,
    /** Target to source: the way back. */
    REVERSE;

    /** The publishing side. */
    public Side from() {
        return this == FORWARD ? Side.SOURCE : Side.TARGET;
    }

    /** The subscribing side. */
    public Side to() {
        return from().other();
    }

    public Direction opposite() {
        return this == FORWARD ? REVERSE : FORWARD;
    }

    public String word() {
        return this == FORWARD ? "forward" : "reverse";
    }
}
