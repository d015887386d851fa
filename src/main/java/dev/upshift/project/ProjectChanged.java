package dev.upshift.project;

import org.jspecify.annotations.Nullable;

/**
 * A project was registered, changed, moved to another phase or removed.
 *
 * @param what a sentence for the audit record
 * @param actor who did it; null for the control plane itself
 */
public record ProjectChanged(
        long projectId, String slug, String what, @Nullable String actor) {}
