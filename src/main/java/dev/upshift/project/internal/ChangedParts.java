package dev.upshift.project.internal;

import dev.upshift.project.Cluster;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import java.util.ArrayList;
import java.util.List;

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

    /** For the audit record; names no values, which may be secret. */
    static String sentence(Project stored, ProjectDraft draft) {
        List<String> parts = new ArrayList<>();
        add(parts, !stored.name().equals(draft.name()), "name");
        add(parts, differs(stored.source(), draft.source()), "source");
        add(parts, differs(stored.target(), draft.target()), "target");
        add(parts, !stored.databases().equals(draft.databases()), "databases");
        add(parts, !stored.poolers().equals(draft.poolers()), "poolers");
        add(parts, !stored.settings().equals(draft.settings()), "settings");
        return parts.isEmpty() ? "Saved the project unchanged" : "Changed " + String.join(", ", parts);
    }

    private static boolean differs(Cluster one, Cluster other) {
        return !one.endpoint().equals(other.endpoint()) || !one.peer().equals(other.peer());
    }

    private static void add(List<String> parts, boolean changed, String part) {
        if (changed) {
            parts.add(part);
        }
    }
}
