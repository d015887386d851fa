package dev.upshift.campaign;

import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** What befalls the fence: who slips through it, and what keeps clients from writing where no fence of ours does. */
final class FenceFaults {

    private FenceFaults() {}

    /**
     * A client past the poolers who takes a second to connect to the side that is left, and writes as soon as he is in:
     * if the server takes his row, it must be on both sides in the end.
     */
    static final class SessionConnecting implements Fault {

        private static final AtomicInteger NUMBERS = new AtomicInteger(950_000);

        private final int id = NUMBERS.incrementAndGet();

        @Override
        public Duration lasts(Scene scene) {
            return Duration.ofSeconds(2);
        }

        @Override
        public void strike(Scene scene) {
            PostgresCluster from = scene.from();
            delay(from, "set post_auth_delay = 1");
            Thread client = Thread.ofVirtual().start(() -> write(from));
            Awaitility.await("a client that is connecting, or was quicker")
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> isConnecting(from) || !client.isAlive());
            delay(from, "reset post_auth_delay");
        }

        private static void delay(PostgresCluster from, String change) {
            from.execute("postgres", "alter system " + change);
            from.execute("postgres", "select pg_reload_conf()");
        }

        private void write(PostgresCluster from) {
            try (Connection client = from.connect("shop", Login.APP);
                    Statement statement = client.createStatement()) {
                statement.execute(
                        "insert into shop.products (id, name, price) values (%1$d, 'Product %1$d', 1)".formatted(id));
            } catch (SQLException fencedOrEnded) {
                // as it should be behind the fence
            }
        }

        private static boolean isConnecting(PostgresCluster from) {
            return from.value("postgres", """
                            select exists (
                                select from pg_locks
                                join pg_database on pg_database.oid = pg_locks.objid
                                where classid = 'pg_database'::regclass and mode = 'RowExclusiveLock'
                                  and datname = 'shop')
                            """).equals("t");
        }
    }

    /** Somebody makes the application's role read-only on the side that is entered, and takes it back once all is over. */
    record EnteredReadOnly() implements Fault {

        @Override
        public Duration lasts(Scene scene) {
            return UNTIL_OVER;
        }

        @Override
        public void strike(Scene scene) {
            scene.to().execute("postgres", "alter role app set default_transaction_read_only = on");
        }

        @Override
        public void mend(Scene scene) {
            scene.to().execute("postgres", "alter role app reset default_transaction_read_only");
        }
    }
}
