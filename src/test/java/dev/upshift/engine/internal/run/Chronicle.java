package dev.upshift.engine.internal.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What happened outside a run's memory, in order: commits, side effects, undos. At every moment a listener may stop the
 * thread for good, which is what the death of the process looks like from outside.
 */
final class Chronicle {

    private final List<String> lines = new ArrayList<>();
    private Consumer<String> moments = moment -> {};

    /** To be called right before and right after everything that lasts; may never return. */
    void moment(String what) {
        moments.accept(what);
    }

    void onMoments(Consumer<String> listener) {
        moments = listener;
    }

    synchronized void add(String line) {
        lines.add(line);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** The lines that begin so, in order. */
    List<String> lines(String prefix) {
        return lines().stream().filter(line -> line.startsWith(prefix)).toList();
    }
}
