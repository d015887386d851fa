package dev.upshift.shared;

/** The two clusters of a project; which is which never changes within a project. */
public enum Side {
    /** The cluster on the old major version. */
    SOURCE,
    /** The cluster on the new major version. */
    TARGET;

    public Side other() {
        return this == SOURCE ? TARGET : SOURCE;
    }

    /** The direction of the link that leads away from this side. */
    public Direction outbound() {
        return this == SOURCE ? Direction.FORWARD : Direction.REVERSE;
    }

    /** How this side is named in a sentence. */
    public String word() {
        return this == SOURCE ? "source" : "target";
    }
}
