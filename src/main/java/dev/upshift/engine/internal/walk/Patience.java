package dev.upshift.engine.internal.walk;

import java.time.Duration;

/**
 * How long the engine keeps trying what has to come true.
 *
 * @param metadata how soon the metadata database is asked again when it did not answer
 * @param retry how soon a step past the pivot is tried again after an exception: clients are waiting
 * @param undo how long undo steps that fail are tried again before a person has to look
 * @param undoEvery the time between two rounds of them; short, because clients of a server that comes back meet its
 *     fence until the next round lifts it
 */
public record Patience(Duration metadata, Duration retry, Duration undo, Duration undoEvery) {

    public static final Patience NORMAL = new Patience(
            Duration.ofMillis(200), Duration.ofMillis(250), Duration.ofMinutes(10), Duration.ofMillis(250));
}
