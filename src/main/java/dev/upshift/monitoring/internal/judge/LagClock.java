package dev.upshift.monitoring.internal.judge;

import dev.upshift.shared.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Turns log positions into time: remembers when the publisher's log had come how far, and so knows since when the
 * oldest unflushed change has been waiting.
 *
 * <p>The server's own {@code flush_lag} is the better number while reports come in, because samples are seconds apart;
 * it stands still, or is missing, when they do not. An idle publisher has no lag however long ago the last report was.
 */
final class LagClock {

    private static final int MOST_MARKS = 512;

    private final Deque<Mark> marks = new ArrayDeque<>();
    private boolean readBefore;

    /**
     * @param reported what the server says; null when it says nothing
     * @return null if this is the first reading and the server says nothing
     */
    @Nullable Duration read(Instant at, Lsn written, Lsn confirmed, @Nullable Duration reported) {
        boolean first = !readBefore;
        readBefore = true;
        while (!marks.isEmpty() && confirmed.isAtLeast(marks.getFirst().written())) {
            marks.removeFirst();
        }
        if (confirmed.isAtLeast(written)) {
            marks.clear();
            return Duration.ZERO;
        }
        if (marks.isEmpty() || written.compareTo(marks.getLast().written()) > 0) {
            marks.addLast(new Mark(at, written));
            thinOut();
        }
        if (reported == null && first) {
            return null;
        }
        Duration waiting = Duration.between(marks.getFirst().at(), at);
        return reported == null || reported.compareTo(waiting) < 0 ? waiting : reported;
    }

    /** A link that stands still for days needs no more memory than one that stands still for minutes. */
    private void thinOut() {
        if (marks.size() <= MOST_MARKS) {
            return;
        }
        boolean keep = true;
        for (Iterator<Mark> each = marks.iterator(); each.hasNext(); keep = !keep) {
            each.next();
            if (!keep) {
                each.remove();
            }
        }
    }

    private record Mark(Instant at, Lsn written) {}
}
