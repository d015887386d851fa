package dev.upshift.campaign;

import dev.upshift.lab.PostgresCluster;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What comes to the side that is left after everything was looked at. */
final class NewObjects {

    private NewObjects() {}

    /** A migration creates a table on both sides, and a client is told that its row is kept. */
    static final class TableCreated implements Fault {

        private static final AtomicInteger NUMBERS = new AtomicInteger();

        private final String table = "shop.came_later_" + NUMBERS.incrementAndGet();

        @Override
        public Duration lasts(Scene scene) {
            return UNTIL_OVER;
        }

        @Override
        public void strike(Scene scene) {
            for (PostgresCluster side : new PostgresCluster[] {scene.to(), scene.from()}) {
                side.execute("shop", "begin read write; create table %s (id int primary key); commit".formatted(table));
            }
            scene.from().execute("shop", "begin read write; insert into %s values (1); commit".formatted(table));
        }

        /** The row must be where clients are; then a person takes the table away again. */
        @Override
        public void mend(Scene scene) {
            String serving =
                    String.valueOf(scene.world().controlPlanes().api().project().get("servingSide"));
            PostgresCluster side = serving.equalsIgnoreCase(scene.to().name()) ? scene.to() : scene.from();
            String rows = side.value("shop", "select count(*) from " + table);
            for (PostgresCluster each : new PostgresCluster[] {scene.to(), scene.from()}) {
                each.execute("shop", "begin read write; drop table %s; commit".formatted(table));
            }
            if (!rows.equals("1")) {
                throw new AssertionError("The row of %s is not on the %s, which serves".formatted(table, side.name()));
            }
        }
    }

    /** What clients write between the two is on the side that is left only, and nothing brings it over. */
    static final class SlotRemade implements Fault {

        @Override
        public Duration lasts(Scene scene) {
            return Duration.ZERO;
        }

        @Override
        public void strike(Scene scene) {
            String slot = scene.publisher()
                    .value("shop", "select slot_name from pg_replication_slots where slot_name like 'upshift%'");
            new LinkFaults.SlotLost(Scene::publisher).strike(scene);
            scene.publisher().execute("shop", "select pg_sleep(0.1)");
            scene.publisher()
                    .execute("shop", "select pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));
        }
    }
}
