package dev.upshift.monitoring;

import dev.upshift.monitoring.TableProgress.State;
import java.util.Set;

/**
 * Which tables, in which order, and which part of them.
 *
 * @param states only these; empty for all
 * @param name only tables whose {@code schema.table} or database contains this, whatever the case; blank for all
 * @param page from 0
 * @param size tables per page, at least 1
 */
public record TableQuery(Set<State> states, String name, Sort sort, boolean descending, int page, int size) {

    /** Every table by name, on one page. */
    public static final TableQuery ALL = new TableQuery(Set.of(), "", Sort.NAME, false, 0, Integer.MAX_VALUE);

    /** @throws IllegalArgumentException if page or size is out of range */
    public TableQuery {
        states = Set.copyOf(states);
        if (page < 0 || size < 1) {
            throw new IllegalArgumentException("Page %d of %d tables does not exist".formatted(page, size));
        }
    }

    /** What tables are ordered by; ties by database and name. */
    public enum Sort {
        NAME,
        STATE,
        /** How much of the table has arrived. */
        PROGRESS,
        SIZE,
        /** Time left; tables of which it is not known last. */
        TIME_LEFT
    }
}
