package dev.upshift.check.internal.draft;

import dev.upshift.check.Check;
import dev.upshift.check.Inspected;
import dev.upshift.check.Moment;
import dev.upshift.check.Severity;
import java.util.EnumSet;
import java.util.Set;

/**
 * A check that is asked before a project is saved: what it finds is corrected in a field, and nothing is saved before.
 *
 * @param <I> what it looks at
 */
public interface SavingCheck<I extends Inspected> extends Check<I> {

    @Override
    default Severity severity() {
        return Severity.BLOCKER;
    }

    @Override
    default Set<Moment> moments() {
        return EnumSet.of(Moment.SAVE);
    }
}
