package dev.upshift.project.internal;

import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectConflict;
import dev.upshift.project.ProjectDraft;

/** What a project's phase forbids. */
final class PhaseRules {

    private PhaseRules() {}

    static void checkChange(Project stored, ProjectDraft draft) {
        if (!stored.slug().equals(draft.slug())) {
            throw new ProjectConflict("slug", "The slug of a project never changes; it stays " + stored.slug() + ".");
        }
        if (stored.phase().isFinal() && ChangedParts.reachOut(stored, draft)) {
            throw new ProjectConflict(
                    "phase",
                    "Project " + stored.slug() + " is " + stored.phase()
                            + ": its servers are no longer touched. Register a new project.");
        }
        if (stored.phase() != Phase.DRAFT && !stored.databases().equals(draft.databases())) {
            throw new ProjectConflict(
                    "databases",
                    "Project " + stored.slug() + " is in phase " + stored.phase()
                            + ": its databases are fixed since the schema was copied. Abandon it to start over with"
                            + " others.");
        }
    }

    static void checkRemoval(String slug, Phase phase) {
        if (phase != Phase.DRAFT && !phase.isFinal()) {
            throw new ProjectConflict(
                    "phase",
                    "Project " + slug + " is in phase " + phase
                            + ": publications, slots and subscriptions may be left on its servers. Finish or abandon it"
                            + " first.");
        }
    }
}
