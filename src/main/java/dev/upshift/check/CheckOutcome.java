package dev.upshift.check;

import dev.upshift.check.CheckResult.Errored;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.NotApplicable;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.engine.Plan.GuardResult;
import java.util.List;

/**
 * What a check has answered to one who asked.
 *
 * @param check its id
 * @param accepted whether the project accepts what it finds, as far as that can be
 * @param fine what is said when it has passed; empty where it has not
 */
public record CheckOutcome(String check, Severity severity, boolean accepted, String fine, CheckResult result) {

    /** Whether what was asked for may begin. That nobody could look is accepted by no project. */
    public boolean allows() {
        return switch (result) {
            case Passed(String _) -> true;
            case NotApplicable(String _) -> true;
            case Found(var findings) -> severity != Severity.BLOCKER || isAccepted(findings);
            case Errored(String _) -> false;
        };
    }

    /** In sentences. */
    public String words() {
        return switch (result) {
            case Passed(String remark) -> remark.isEmpty() ? fine : fine + " " + remark;
            case NotApplicable(String reason) -> reason;
            case Errored(String reason) -> reason;
            case Found(var findings) ->
                (isAccepted(findings) ? "Accepted for this project: " : "") + Finding.words(findings);
        };
    }

    private boolean isAccepted(List<Finding> findings) {
        return accepted && findings.stream().allMatch(Finding::acceptable);
    }

    /** As the guard of a plan. */
    public GuardResult guard() {
        return new GuardResult(check, allows(), words());
    }
}
