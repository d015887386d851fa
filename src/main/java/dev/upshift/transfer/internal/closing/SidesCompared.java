package dev.upshift.transfer.internal.closing;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.transfer.KnownEquality;
import dev.upshift.transfer.KnownEquality.Known;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Both sides were compared since the switch, and were equal. It stands in nobody's way: the target serves, and the other
 * side may be gone.
 */
record SidesCompared(KnownEquality equality) implements Check<Closing> {

    private static final String LAST_CHANCE =
            "After this nothing is compared any more, and there is no way back: verify before, or finish knowing that.";

    @Override
    public String id() {
        return "verification";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public Scope scope() {
        return Scope.BOTH;
    }

    @Override
    public Set<Moment> moments() {
        return EnumSet.of(Moment.PLAN);
    }

    @Override
    public String fine(Closing closing) {
        return known(closing).words();
    }

    @Override
    public CheckResult look(Closing closing) {
        Known known = known(closing);
        return known.equal()
                ? new Passed()
                : new Found(List.of(new Finding(Place.ofProject(), known.unequal(), known.words(), LAST_CHANCE)));
    }

    private Known known(Closing closing) {
        return closing.memo().once(Known.class, () -> equality.of(closing.project()));
    }
}
