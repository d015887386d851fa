package dev.upshift.monitoring.internal.probe;

import java.util.function.Supplier;

/**
 * Something to be asked of a server.
 *
 * @param whom how a sentence about a missing answer begins, e.g. {@code The source (10.0.0.5:5432)}
 * @param asking may block; fails with an exception whose message an operator understands
 * @param givingUp makes it fail, from another thread
 */
record Question<T>(String whom, Supplier<T> asking, Runnable givingUp) {}
