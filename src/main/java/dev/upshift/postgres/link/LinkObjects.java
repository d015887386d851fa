package dev.upshift.postgres.link;

import dev.upshift.shared.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the two ends of a link have, object by object: the tables of {@link Catalog#tables} and the sequences of
 * {@link Sequences}, each with its identity, so that one that was dropped and made again under its name is seen.
 */
public final class LinkObjects {

    private LinkObjects() {}

    /** What an object is, as far as a link is concerned. */
    public enum Kind {
        /** Holds rows: an ordinary table or a partition. */
        TABLE,
        /** Holds no rows of its own. */
        PARTITIONED,
        SEQUENCE
    }

    /**
     * The publishing end.
     *
     * @param whole whether the publication sends INSERT, UPDATE, DELETE and TRUNCATE; false also when it is gone
     * @param viaRoot whether it sends changes of partitions as those of the table above them, which the subscribing end
     *     does not know
     * @param objects by schema and name
     */
    public record Published(boolean whole, boolean viaRoot, List<PublishedObject> objects) {}

    /**
     * @param oid in {@code pg_class}
     * @param way how the publication has it, by name or as part of a partitioned table, as text: another one when it was
     *     taken out and put back; null when it is not sent
     * @param inPart whether a row filter or a column list leaves something out
     */
    public record PublishedObject(
            TableName name,
            long oid,
            Kind kind,
            boolean unlogged,
            @Nullable String way,
            boolean inPart) {

        public boolean sent() {
            return way != null;
        }
    }

    /**
     * The subscribing end.
     *
     * @param oid of the subscription; 0 when it is gone
     * @param enabled false also when it is gone
     * @param follows whether it reads the slot and the publication of its own name, and nothing else
     * @param objects by schema and name
     */
    public record Subscribed(long oid, boolean enabled, boolean follows, List<SubscribedObject> objects) {}

    /**
     * @param oid in {@code pg_class}
     * @param letter {@code srsubstate}; null for what is not subscribed
     * @param copied {@code srsublsn}, where its copy met the stream, as text; null when it was not copied
     */
    public record SubscribedObject(
            TableName name,
            long oid,
            Kind kind,
            boolean unlogged,
            @Nullable String letter,
            @Nullable String copied) {

        /** Copied and following the main apply worker. */
        public boolean isReady() {
            return "r".equals(letter);
        }
    }
}
