package dev.upshift.postgres.internal.record;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Two views of a driver's connection: one on which nothing can be changed, and one on which changes are only noted. */
final class RecordingConnection {

    /** Functions that change something although the transaction is read-only. */
    private static final Pattern CHANGING =
            Pattern.compile("\\b(pg_terminate_backend|pg_cancel_backend|pg_create_logical_replication_slot"
                    + "|pg_create_physical_replication_slot|pg_copy_logical_replication_slot|pg_drop_replication_slot"
                    + "|pg_replication_slot_advance|pg_replication_origin_(create|drop|advance)|pg_logical_emit_message"
                    + "|setval|nextval|pg_switch_wal|pg_reload_conf)\\s*\\(");

    private RecordingConnection() {}

    /** Refuses what would change something in spite of the read-only transaction. */
    static Connection reading(Connection real) {
        return proxy(Connection.class, (_, method, arguments) -> {
            if (method.getName().equals("prepareStatement") && mayChange(sql(arguments))) {
                throw new SQLException(
                        "This statement changes something, so it has to be told by change(): " + sql(arguments));
            }
            return call(real, method, arguments);
        });
    }

    private static String sql(@Nullable Object @Nullable [] arguments) {
        return String.valueOf(Objects.requireNonNull(arguments)[0]);
    }

    private static boolean mayChange(String sql) {
        return CHANGING.matcher(sql.toLowerCase(Locale.ROOT)).find();
    }

    /** Notes every statement in the place of executing it, with its values; answers no rows, or one changed row. */
    static Connection noting(Connection real, Consumer<NotedStatement> notes) {
        return proxy(Connection.class, (_, method, arguments) -> {
            if (method.getName().equals("prepareStatement")) {
                PreparedStatement statement = (PreparedStatement) Objects.requireNonNull(call(real, method, arguments));
                return proxy(
                        PreparedStatement.class,
                        new NotingStatement(real, new NotedStatement(statement), statement, notes));
            }
            if (method.getName().equals("createStatement")) {
                throw new SQLFeatureNotSupportedException("Changes are told as prepared statements");
            }
            return call(real, method, arguments);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object real, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
        }
    }

    /** Takes values as they come, and notes in the place of executing. */
    private record NotingStatement(
            Connection real, NotedStatement noted, PreparedStatement statement, Consumer<NotedStatement> notes)
            implements InvocationHandler {

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            return switch (method.getName()) {
                case "executeQuery" -> {
                    notes.accept(noted);
                    yield real.createStatement().executeQuery("select where false");
                }
                case "executeUpdate" -> {
                    notes.accept(noted);
                    yield 1;
                }
                case "setString", "setObject" -> {
                    Objects.requireNonNull(arguments);
                    noted.bind((Integer) Objects.requireNonNull(arguments[0]), arguments[1]);
                    yield null;
                }
                case "execute", "executeBatch", "addBatch", "executeLargeUpdate" ->
                    throw new SQLFeatureNotSupportedException(method.getName() + " is not noted");
                default -> call(statement, method, arguments);
            };
        }
    }
}
