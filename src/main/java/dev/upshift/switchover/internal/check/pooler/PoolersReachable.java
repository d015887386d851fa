package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.stream.Stream;

/** Every pooler's console answers. */
record PoolersReachable(SeenPoolers poolers) implements PoolerCheck {

    static final String ID = "poolers-reachable";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String fine(Switch sw) {
        return "Every pooler's console answers.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return CheckResult.of(
                poolers.of(sw).stream().flatMap(PoolersReachable::silent).toList());
    }

    private static Stream<Finding> silent(SeenPooler seen) {
        return seen.failure() == null
                ? Stream.of()
                : Stream.of(new Finding(
                        Place.at(seen.name()),
                        List.of(),
                        String.valueOf(seen.failure().getMessage()),
                        "No client of it can be held before its console answers."));
    }
}
