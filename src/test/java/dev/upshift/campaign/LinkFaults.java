package dev.upshift.campaign;

import dev.upshift.lab.PostgresCluster;
import dev.upshift.lab.Processes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What befalls the replication between the sides. */
final class LinkFaults {

    private static final String OURS = "subname like 'upshift%'";

    private LinkFaults() {}

    /**
     * A row that is on the subscribing side already stops apply: what is written is not applied any more until a person
     * removes it.
     */
    static final class ApplyError implements Fault {

        private static final AtomicInteger NUMBERS = new AtomicInteger(900_000);

        private final int id = NUMBERS.incrementAndGet();

        @Override
        public Duration lasts(Scene scene) {
            return Duration.ofMillis(500L + scene.random().nextInt(8_000));
        }

        @Override
        public void strike(Scene scene) {
            insert(scene.subscriber());
            insert(scene.publisher());
        }

        private void insert(PostgresCluster cluster) {
            cluster.execute(
                    "shop",
                    "begin read write; insert into shop.products (id, name, price) values (%1$d, 'Product %1$d', 1); commit"
                            .formatted(id));
        }

        /** A person removes the row; the apply worker tries again by itself, every five seconds. */
        @Override
        public void mend(Scene scene) {
            scene.subscriber()
                    .execute("shop", "begin read write; delete from shop.products where id = %d; commit".formatted(id));
        }
    }

    /** The subscription is disabled, as {@code disable_on_error} or a person does; a person enables it, and verifies, once all is over. */
    static final class Disabled implements Fault {
        private List<String> subscriptions = List.of();

        @Override
        public Duration lasts(Scene scene) {
            return UNTIL_OVER;
        }

        @Override
        public void strike(Scene scene) {
            subscriptions = subscriptions(scene.subscriber(), "subenabled");
            subscriptions.forEach(name -> alter(scene.subscriber(), name, "disable"));
        }

        @Override
        public void mend(Scene scene) {
            subscriptions(scene.subscriber(), "not subenabled").stream()
                    .filter(subscriptions::contains)
                    .forEach(name -> alter(scene.subscriber(), name, "enable"));
        }
    }

    /** The sender stands still: a network that swallows what it is given. */
    static final class SenderStalled implements Fault {
        private List<ProcessHandle> senders = List.of();

        @Override
        public Duration lasts(Scene scene) {
            return Duration.ofMillis(500L + scene.random().nextInt(6_000));
        }

        @Override
        public void strike(Scene scene) {
            senders = ServerFaults.processes(
                    scene.publisher(), "select pid from pg_stat_replication where application_name like 'upshift%'");
            Processes.signal("STOP", senders);
        }

        @Override
        public void mend(Scene scene) {
            Processes.signal("CONT", senders);
        }
    }

    /**
     * The slots of one side are gone: stands for those that {@code max_slot_wal_keep_size} has invalidated. Nothing brings
     * them back.
     */
    static final class SlotLost implements Fault {
        private final Function<Scene, PostgresCluster> side;

        SlotLost(Function<Scene, PostgresCluster> side) {
            this.side = side;
        }

        @Override
        public Duration lasts(Scene scene) {
            return Duration.ZERO;
        }

        @Override
        public void strike(Scene scene) {
            side.apply(scene).execute("shop", """
                    do $$
                    declare
                        lost name;
                    begin
                        for lost in select slot_name from pg_replication_slots where slot_name like 'upshift%' loop
                            for attempt in 1..200 loop
                                perform pg_terminate_backend(active_pid) from pg_replication_slots
                                where slot_name = lost and active_pid is not null;
                                begin
                                    perform pg_drop_replication_slot(lost);
                                    exit;
                                exception when object_in_use then
                                    perform pg_sleep(0.01);
                                end;
                            end loop;
                        end loop;
                    end $$
                    """);
        }
    }

    private static List<String> subscriptions(PostgresCluster side, String condition) {
        return side.rows("shop", "select subname from pg_subscription where " + OURS + " and " + condition).stream()
                .map(row -> String.valueOf(row.get("subname")))
                .toList();
    }

    private static void alter(PostgresCluster side, String subscription, String change) {
        side.execute("shop", "begin read write; alter subscription \"%s\" %s; commit".formatted(subscription, change));
    }
}
