package dev.upshift.check;

import dev.upshift.check.CheckResult.Errored;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.NotApplicable;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.engine.Plan.GuardResult;
import java.util.List;
import java.util.StringJoiner;

/**
 * What a check has answered to one who asked.
 *
 * @param check its id
 * @param accepted whether the project accepts what it finds
 * @param fine what is said when it has passed
 */
public record CheckOutcome(String check, Severity severity, boolean accepted, String fine, CheckResult result) {

    /** Whether what was asked for may begin. That nobody could look is accepted by no project. */
    public boolean allows() {
        return switch (result) {
            case Passed() -> true;
            case NotApplicable(String _) -> true;
            case Found(var _) -> accepted || severity != Severity.BLOCKER;
            case Errored(String _) -> false;
        };
    }

    /** In sentences. */
    public String words() {
        return switch (result) {
            case Passed() -> fine;
            case NotApplicable(String reason) -> reason;
            case Errored(String reason) -> reason;
            case Found(var findings) -> accepted ? "Accepted for this project: " + all(findings) : all(findings);
        };
    }

    /** What is to be done about several in a row is said once. */
    private static String all(List<Finding> findings) {
        StringJoiner all = new StringJoiner(" ");
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            all.add(finding.place().before(finding.reason()));
            if (i + 1 == findings.size()
                    || !finding.remedy().equals(findings.get(i + 1).remedy())) {
                all.add(finding.remedy());
            }
        }
        return all.toString();
    }

    /** As the guard of a plan. */
    public GuardResult guard() {
        return new GuardResult(check, allows(), words());
    }
}
