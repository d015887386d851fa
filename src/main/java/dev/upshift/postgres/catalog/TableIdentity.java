package dev.upshift.postgres.catalog;

import dev.upshift.shared.TableName;
import java.util.List;

/**
 * What the rows of one replicated table are found by when they are updated or deleted: what its server sends of them
 * when it publishes, and what it looks for when it subscribes. Names of columns are as the catalogue holds them.
 *
 * @param setting {@code REPLICA IDENTITY} as set
 * @param primaryState of the primary key's index
 * @param primaryKey the primary key's columns; empty unless it is usable
 * @param chosenState of the index that {@code REPLICA IDENTITY USING INDEX} names; {@code NONE} also when it was dropped
 * @param chosen that index's columns; empty unless it is usable
 * @param generated generated columns, stored and virtual
 * @param withoutEquality columns, with their types, of which no server can say whether two values are equal; empty
 *     where rows are found by an index
 */
public record TableIdentity(
        TableName name,
        Setting setting,
        IndexState primaryState,
        List<String> primaryKey,
        IndexState chosenState,
        List<String> chosen,
        List<String> generated,
        List<String> withoutEquality) {

    /** The columns of the key with which changes are published; empty for none, or all columns. */
    public List<String> published() {
        return switch (setting) {
            case DEFAULT -> primaryKey;
            case INDEX -> chosen;
            case FULL, NOTHING -> List.of();
        };
    }

    /** The columns by which a subscriber looks rows up; empty for all of them. */
    public List<String> lookedUp() {
        return setting == Setting.INDEX && !chosen.isEmpty() ? chosen : primaryKey;
    }

    /** The state of the index that the setting relies on. */
    public IndexState state() {
        return setting == Setting.INDEX ? chosenState : primaryState;
    }

    /** {@code REPLICA IDENTITY}. */
    public enum Setting {
        DEFAULT,
        INDEX,
        FULL,
        NOTHING
    }

    /** Whether an index identifies rows. */
    public enum IndexState {
        USABLE,
        DEFERRABLE,
        /** Not valid, not unique, or partial. */
        INVALID,
        NONE
    }
}
