package dev.upshift.switchover.internal.rehearsal;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.engine.Plan.Rehearsed;
import dev.upshift.engine.Rehearsal;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** This very plan was rehearsed, and not too long ago. */
final class RehearsedSwitch implements Check<Switch> {

    private final Function<Switch, Optional<Rehearsed>> last;
    private final Clock clock;

    /** @param last the last rehearsal */
    RehearsedSwitch(Function<Switch, Optional<Rehearsed>> last, Clock clock) {
        this.last = last;
        this.clock = clock;
    }

    @Override
    public String id() {
        return "rehearsal";
    }

    @Override
    public Severity severity() {
        return Severity.BLOCKER;
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
    public String fine(Switch sw) {
        return "This plan was rehearsed, as the project asks.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return CheckResult.of(findings(sw.project().settings().rehearsalMaxAge(), last.apply(sw)));
    }

    private List<Finding> findings(Duration limit, Optional<Rehearsed> rehearsed) {
        if (rehearsed.isEmpty()) {
            return List.of(new Finding(
                    Place.ofProject(),
                    List.of(),
                    "This project asks for a rehearsal before a cutover, and none has succeeded.",
                    "Rehearse first."));
        }
        Rehearsal rehearsal = rehearsed.get().last();
        List<String> run = List.of("run %d".formatted(rehearsal.run()));
        if (rehearsed.get().planChanged()) {
            return List.of(new Finding(
                    Place.ofProject(),
                    run,
                    "The plan has changed since it was rehearsed (run %d).".formatted(rehearsal.run()),
                    "Rehearse it again."));
        }
        Duration age = Duration.between(rehearsal.endedAt(), clock.instant());
        return age.compareTo(limit) > 0
                ? List.of(new Finding(
                        Place.ofProject(),
                        run,
                        "The last rehearsal (run %d) is %s old; this project accepts %s."
                                .formatted(rehearsal.run(), words(age), words(limit)),
                        "Rehearse again."))
                : List.of();
    }

    /** In the largest unit of which there are two at least. */
    private static String words(Duration duration) {
        if (duration.toDays() >= 2) {
            return duration.toDays() + " days";
        }
        return duration.toHours() >= 2 ? duration.toHours() + " h" : duration.toMinutes() + " min";
    }
}
