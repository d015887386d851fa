package dev.upshift.check;

/** What comes of a finding. */
public enum Severity {
    /** Nothing is begun until it is mended, or accepted where a project may do that. */
    BLOCKER,
    /** Somebody has to know it before he goes on. */
    WARNING,
    /** Good to know. */
    INFO
}
