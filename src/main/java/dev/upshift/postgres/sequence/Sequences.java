package dev.upshift.postgres.sequence;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import java.util.List;

/** Reads and sets all sequences of a database in bulk, by exact quoted name; the helper schema is left out. */
public interface Sequences extends Port {

    @Looks
    List<SequenceValue> read(PostgresSession session);

    /**
     * Gets ready to read all of them again, as fast as the server can, because clients will be waiting.
     *
     * @param sessions one or more of the same database, which read at the same time; the reading is theirs only, and for
     *     as long as they are open
     */
    @Looks
    default Reading prepare(List<PostgresSession> sessions) {
        return () -> read(sessions.getFirst());
    }

    /**
     * Gets ready to tell where all of them stand on a side that nobody uses and that was set before, as fast as the
     * server can: asks only about what may stand elsewhere by now.
     *
     * @param session which nothing else uses while it is asked
     */
    @Looks
    default Settled settled(PostgresSession session) {
        return moved -> read(session);
    }

    /**
     * All of them as they were made, never called, wherever they stand by now: of thousands that is a small part of what
     * reading their positions costs.
     */
    @Looks
    List<SequenceValue> defined(PostgresSession session);

    /** Where the sequences of these names stand; what does not exist is left out. */
    @Looks
    List<SequenceValue> read(PostgresSession session, List<SequenceValue> these);

    /**
     * Sets the given sequences to exactly these positions, all or none, in one statement. Whoever relies on it reads
     * them again.
     *
     * @throws SequenceMissing if one does not exist, may not be set or read, or cannot hold its value, naming all of
     *     them; then none was set
     */
    void set(PostgresSession session, List<SequenceValue> values);

    /**
     * Names of those with a {@code CACHE}: a session that has used one may hold values of it from before it was set, and
     * hands them out, whatever it is set to.
     */
    @Looks
    List<String> cached(PostgresSession session);

    /** Names of the sequences that the session's role may not set, or not read again once they are set. */
    @Looks
    List<String> notSettable(PostgresSession session);

    /** Reads all sequences of one session's database, whatever has become of them since it was prepared. */
    @FunctionalInterface
    interface Reading {

        List<SequenceValue> values();
    }

    /**
     * The sequences of a side that nobody uses. They may have moved all the same: somebody has set one, or replication
     * has restarted it with the table that owns it (TRUNCATE … RESTART IDENTITY).
     */
    @FunctionalInterface
    interface Settled {

        /** Those that stand elsewhere now, or had never been called and have been; some microseconds for each. */
        default List<SequenceValue> moved() {
            return List.of();
        }

        /**
         * Where all of them stand, to be asked once everything that replication brings is there.
         *
         * @param moved what was answered before to {@link #moved()}
         */
        List<SequenceValue> values(List<SequenceValue> moved);

        /**
         * Whether nobody has been at work in the database since {@link #moved()} was asked last, this application's own
         * sessions and replication left aside: then nothing stands elsewhere than was answered or set since. False where
         * the server does not tell.
         */
        default boolean isUndisturbed() {
            return false;
        }
    }

    /**
     * @param lastValue {@code last_value} of the sequence's own relation
     * @param called {@code is_called}: false means that {@code lastValue} itself comes next
     */
    record SequenceValue(
            String schema,
            String name,
            long lastValue,
            boolean called,
            long increment,
            long minimum,
            long maximum,
            boolean cycles) {

        /** Of the room that a sequence has left, one part in so many may be spent on a margin. */
        private static final long ROOM_PER_MARGIN = 100;

        /**
         * The same sequence moved on by {@code margin} values in the direction of its increment, but by no more than a
         * hundredth of the values it has left: pushed to its bound, a nearly exhausted sequence would refuse the next
         * client. A sequence without that room, one that was never called, and one that cycles (where ahead may mean
         * before) stay where they are, and have to be set exactly once nobody uses them.
         *
         * @throws IllegalArgumentException if {@code margin} is negative
         */
        public SequenceValue ahead(int margin) {
            if (margin < 0) {
                throw new IllegalArgumentException("A margin is a number of values, not " + margin);
            }
            if (cycles || !called || lastValue < minimum || lastValue > maximum) {
                return this;
            }
            long steps = Math.min(margin, Long.divideUnsigned(valuesLeft(), ROOM_PER_MARGIN));
            return new SequenceValue(
                    schema, name, lastValue + steps * increment, true, increment, minimum, maximum, false);
        }

        /**
         * Whether a sequence that stands here hands out none of the values that one standing at {@code other} has
         * handed out. Where either cycles, only the very same position does.
         */
        public boolean covers(SequenceValue other) {
            if (lastValue == other.lastValue) {
                return called == other.called || (called && !cycles && !other.cycles);
            }
            if (cycles || other.cycles || Long.signum(increment) != Long.signum(other.increment)) {
                return false;
            }
            return increment > 0 ? lastValue > other.lastValue : lastValue < other.lastValue;
        }

        /** How many more values it can hand out, unsigned: the distance between two longs may exceed a long. */
        private long valuesLeft() {
            return increment > 0
                    ? Long.divideUnsigned(maximum - lastValue, increment)
                    : Long.divideUnsigned(lastValue - minimum, -increment);
        }
    }

    /** Sequences of the one side that the other lacks, that may not be set, or that are too narrow. */
    final class SequenceMissing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public SequenceMissing(String message) {
            super(message);
        }
    }
}
