package dev.upshift.check;

/** What a check looks at. */
public enum Scope {
    SOURCE,
    TARGET,
    BOTH,
    POOLERS
}
