package dev.upshift.engine.internal.run;

import dev.upshift.engine.Plan;
import dev.upshift.engine.Plan.LeftOut;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.RunRefused;
import dev.upshift.project.Project;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says who starts a run.
 *
 * @param planVersion of the plan that was seen; null for none
 * @param words that were typed; null for none
 */
record Confirmation(@Nullable String planVersion, @Nullable String words) {

    /** Before any server is asked. Who says that a side is gone has said enough, also where it turns out to be there. */
    void requireWords(Project project, ProcedureName name) {
        String wanted = name.confirmation(project.slug());
        if (name.needsConfirmation() && !wanted.equals(words) && !saysGone(project, name)) {
            throw RunRefused.because((name == ProcedureName.REHEARSE
                            ? "Type “%s” to confirm that this is a rehearsal; nothing was started."
                            : "Type the project's slug “%s” to confirm; nothing was started.")
                    .formatted(wanted));
        }
        if (name.needsConfirmation() && planVersion == null) {
            throw RunRefused.because(
                    "Name the version of the plan that you have seen (planVersion); nothing was started.");
        }
    }

    private boolean saysGone(Project project, ProcedureName name) {
        return name.endsProject()
                && ProcedureName.confirmationWithout(
                                project.slug(), project.servingSide().other())
                        .equals(words);
    }

    void requireAllowed(Plan plan) {
        if (!plan.allowed()) {
            throw new RunRefused(plan.blockedReasons());
        }
        if (planVersion != null && !planVersion.equals(plan.version())) {
            throw RunRefused.because("The plan has changed since you saw it: it is now version %s. Look at it again."
                    .formatted(plan.shortVersion()));
        }
    }

    /** A run leaves no side out unless somebody has said so, in words that say nothing else. */
    void requireConfirmed(Plan plan) {
        LeftOut leftOut = plan.leftOut();
        if (leftOut != null && !leftOut.confirmation().equals(words)) {
            throw RunRefused.because(leftOut.question() + " Nothing was started.");
        }
    }
}
