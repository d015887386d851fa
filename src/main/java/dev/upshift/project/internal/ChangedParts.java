package dev.upshift.project.internal;

import dev.upshift.project.Cluster;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;

/** What a change touches. */
final class ChangedParts {

    private ChangedParts() {}

    /** Whether servers have to be tried again. */
    static boolean reachOut(Project stored, ProjectDraft draft) {
        return differs(stored.source(), draft.source())
                || differs(stored.target(), draft.target())
                || !stored.databases().equals(draft.databases())
                || !stored.poolers().equals(draft.poolers());
    }

    private static boolean differs(Cluster one, Cluster other) {
        return !one.endpoint().equals(other.endpoint()) || !one.peer().equals(other.peer());
    }
}
