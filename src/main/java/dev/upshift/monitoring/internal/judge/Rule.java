package dev.upshift.monitoring.internal.judge;

import java.util.stream.Stream;

/** Finds one kind of thing that is not as it should be. A pure function. */
@FunctionalInterface
interface Rule {

    Stream<Condition> examine(Evidence evidence);
}
