package dev.upshift.switchover.internal.check;

import dev.upshift.check.Check;
import dev.upshift.check.CheckList;
import dev.upshift.check.CheckOutcome;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.NotApplicable;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.check.Finding;
import dev.upshift.check.RealSides;
import dev.upshift.check.Witness;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A switch of a project between {@link RealSides}, for the test of a check that needs one.
 *
 * @param project as {@link RealSides#project} gives it, or with other settings
 * @param from the side that is left
 */
public record RealSwitch(RealSides sides, Project project, Side from) {

    public static RealSwitch of(RealSides sides, Side from) {
        return new RealSwitch(sides, sides.project(), from);
    }

    public RealSwitch with(String setting, Object value) {
        return new RealSwitch(sides, project.with(project.settings().with(setting, value)), from);
    }

    public RealSwitch with(Project other) {
        return new RealSwitch(sides, other, from);
    }

    /** What the check answers now. */
    public CheckOutcome ask(Check<? super Switch> check) {
        try (Switch sw = new Switch(project, from, RealSides.ports())) {
            CheckOutcome outcome = CheckList.<Switch>of(List.of(check)).ask(sw).getFirst();
            Witness.saw(outcome);
            return outcome;
        }
    }

    /** What it finds now; fails where it finds nothing. */
    public List<Finding> findings(Check<? super Switch> check) {
        CheckOutcome outcome = ask(check);
        if (outcome.result() instanceof Found(var findings)) {
            return findings;
        }
        throw new AssertionError("Nothing was found: " + outcome);
    }

    /** Whether it lets pass now, and has found nothing. */
    public boolean passes(Check<? super Switch> check) {
        return switch (ask(check).result()) {
            case Passed(String _) -> true;
            case NotApplicable(String _) -> true;
            default -> false;
        };
    }

    /** What of a finding's remedy is a statement of this form. */
    public static String statement(Finding finding, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(finding.remedy());
        if (!matcher.find()) {
            throw new AssertionError("No " + pattern + " in: " + finding.remedy());
        }
        return matcher.group();
    }
}
