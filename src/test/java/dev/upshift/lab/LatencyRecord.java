package dev.upshift.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long transactions took and when they ended, kept in slots of ten milliseconds: the number that ended in a slot
 * and the longest of them. Takes 3 MB per hour whatever the rate. Times are nanoseconds since a start that the caller
 * chooses.
 */
final class LatencyRecord {

    private static final long SLOT_NANOS = 10_000_000;
    private static final int SLOTS_PER_PAGE = 6_000;

    private final List<Page> pages = new ArrayList<>();

    /** Notes a transaction. */
    synchronized void note(long beganNanos, long endedNanos) {
        int slot = slot(endedNanos);
        while (pages.size() <= slot / SLOTS_PER_PAGE) {
            pages.add(new Page());
        }
        Page page = pages.get(slot / SLOTS_PER_PAGE);
        int micros = (int) Math.min(Integer.MAX_VALUE, (endedNanos - beganNanos) / 1_000);
        page.ended[slot % SLOTS_PER_PAGE]++;
        page.longestMicros[slot % SLOTS_PER_PAGE] = Math.max(page.longestMicros[slot % SLOTS_PER_PAGE], micros);
    }

    /**
     * The longest of the transactions that were under way at some time between the two, to a slot: those that ended
     * after {@code toNanos} but had begun before count with all their time.
     */
    synchronized Duration longest(long fromNanos, long toNanos) {
        long longestMicros = 0;
        for (int slot = slot(fromNanos); slot < pages.size() * SLOTS_PER_PAGE; slot++) {
            long micros = pages.get(slot / SLOTS_PER_PAGE).longestMicros[slot % SLOTS_PER_PAGE];
            boolean begunBefore = slot * SLOT_NANOS - micros * 1_000 <= toNanos;
            if (begunBefore) {
                longestMicros = Math.max(longestMicros, micros);
            }
        }
        return Duration.ofNanos(longestMicros * 1_000);
    }

    /** How many transactions ended between the two, to a slot. */
    synchronized long ended(long fromNanos, long toNanos) {
        long ended = 0;
        int last = Math.min(slot(toNanos), pages.size() * SLOTS_PER_PAGE - 1);
        for (int slot = slot(fromNanos); slot <= last; slot++) {
            ended += pages.get(slot / SLOTS_PER_PAGE).ended[slot % SLOTS_PER_PAGE];
        }
        return ended;
    }

    private static int slot(long nanos) {
        return Math.toIntExact(Math.max(0, nanos) / SLOT_NANOS);
    }

    /** One minute. */
    private static final class Page {
        private final int[] ended = new int[SLOTS_PER_PAGE];
        private final int[] longestMicros = new int[SLOTS_PER_PAGE];
    }
}
