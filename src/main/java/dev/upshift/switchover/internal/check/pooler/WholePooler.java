package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.switchover.internal.check.pooler.SeenPooler.Said;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.stream.Stream;

/**
 * No pooler is suspended or paused as a whole. A PAUSE without a name is not shown with the entries, and a PAUSE or RESUME
 * of one entry does not end it.
 */
record WholePooler(SeenPoolers poolers) implements PoolerCheck {

    @Override
    public String id() {
        return "pooler-state";
    }

    @Override
    public String fine(Switch sw) {
        return "No pooler is suspended or paused as a whole.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return poolers.answering(
                sw,
                (seen, said) -> Stream.concat(
                                stopped(seen, said, "suspended", "it is suspended (SUSPEND)."),
                                stopped(seen, said, "paused", "it is paused as a whole (PAUSE without a name)."))
                        .toList());
    }

    private static Stream<Finding> stopped(SeenPooler seen, Said said, String state, String reason) {
        return "yes".equals(said.state().get(state))
                ? Stream.of(new Finding(
                        Place.at(seen.name()),
                        List.of(),
                        reason,
                        "RESUME without a name on that console, once you know who did it."))
                : Stream.of();
    }
}
