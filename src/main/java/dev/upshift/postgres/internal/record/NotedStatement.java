package dev.upshift.postgres.internal.record;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A statement of the driver with its values in place, which is written out and never executed. */
final class NotedStatement {

    private final PreparedStatement statement;
    private final Map<Integer, @Nullable Object> values = new TreeMap<>();

    NotedStatement(PreparedStatement statement) {
        this.statement = statement;
    }

    void bind(int index, @Nullable Object value) {
        values.put(index, Placeholders.of(value));
    }

    /** Whole. */
    String text() {
        for (Map.Entry<Integer, @Nullable Object> value : values.entrySet()) {
            set(value.getKey(), Placeholders.whole(value.getValue()));
        }
        return written();
    }

    /** With long lists cut. */
    String shown() {
        for (Map.Entry<Integer, @Nullable Object> value : values.entrySet()) {
            set(value.getKey(), Placeholders.shown(value.getValue()));
        }
        return StatementText.cut(written());
    }

    private void set(int index, @Nullable Object value) {
        try {
            statement.setObject(index, value);
        } catch (SQLException unusable) {
            throw new IllegalStateException("A value cannot be written into a statement", unusable);
        }
    }

    /** The driver's own text form: the statement with its values, quoted as it would send them. */
    private String written() {
        return StatementText.tidy(statement.toString());
    }
}
