package dev.upshift.check;

import dev.upshift.check.CheckResult.Errored;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.Reasons;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks in the order in which they are asked and told.
 *
 * @param <I> what they look at
 */
public final class CheckList<I extends Inspected> implements Checks {

    private final List<Check<? super I>> checks;

    private CheckList(List<Check<? super I>> checks) {
        this.checks = List.copyOf(checks);
    }

    public static <I extends Inspected> CheckList<I> of(List<Check<? super I>> checks) {
        return new CheckList<>(checks);
    }

    @Override
    public List<Check<? super I>> all() {
        return checks;
    }

    /** Asks one after the other; after a gate that does not open nobody is asked any more. */
    public List<CheckOutcome> ask(I inspected) {
        List<CheckOutcome> outcomes = new ArrayList<>();
        for (Check<? super I> check : checks) {
            CheckOutcome outcome = ask(check, inspected);
            outcomes.add(outcome);
            if (check.isGate() && !outcome.allows()) {
                break;
            }
        }
        return List.copyOf(outcomes);
    }

    /** The same as guards of a plan. */
    public List<GuardResult> guards(I inspected) {
        return ask(inspected).stream().map(CheckOutcome::guard).toList();
    }

    private static <I extends Inspected> CheckOutcome ask(Check<? super I> check, I inspected) {
        boolean accepted = check.acceptance().filter(inspected::accepts).isPresent();
        try {
            CheckResult result = check.look(inspected);
            String fine = result instanceof Passed ? check.fine(inspected) : "";
            return new CheckOutcome(check.id(), check.severity(), accepted, fine, result);
        } catch (RuntimeException failed) {
            return new CheckOutcome(check.id(), check.severity(), accepted, "", new Errored(Reasons.of(failed)));
        }
    }
}
