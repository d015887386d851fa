package dev.upshift.postgres;

import java.util.List;

/** Reads and sets all sequences of a database in bulk, by exact quoted name; the helper schema is left out. */
public interface Sequences {

    List<SequenceValue> read(PostgresSession session);

    /**
     * Sets the given sequences, each within its own bounds, all or none, in one statement.
     *
     * @throws SequenceMissing if one does not exist or may not be set, naming all of them
     */
    void set(PostgresSession session, List<SequenceValue> values);

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

        /**
         * The same sequence moved on by {@code margin} values in the direction of its increment; stays at its bound
         * where there is less room.
         */
        public SequenceValue ahead(int margin) {
            java.math.BigInteger wanted = java.math.BigInteger.valueOf(increment)
                    .multiply(java.math.BigInteger.valueOf(margin))
                    .add(java.math.BigInteger.valueOf(lastValue));
            long bounded = wanted.max(java.math.BigInteger.valueOf(minimum))
                    .min(java.math.BigInteger.valueOf(maximum))
                    .longValueExact();
            return new SequenceValue(schema, name, bounded, called, increment, minimum, maximum, cycles);
        }

        /** Whether this value lies at or beyond {@code other} in the direction of the increment. */
        public boolean covers(SequenceValue other) {
            return increment > 0 ? lastValue >= other.lastValue : lastValue <= other.lastValue;
        }
    }

    /** Sequences of the one side that the other lacks, or that may not be set. */
    final class SequenceMissing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public SequenceMissing(String message) {
            super(message);
        }
    }
}
