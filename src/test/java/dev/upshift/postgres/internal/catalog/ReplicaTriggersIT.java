package dev.upshift.postgres.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.Catalog.ReplicaTrigger;
import dev.upshift.postgres.internal.link.LinkSide;
import dev.upshift.postgres.internal.link.TestLinks;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.Links;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which triggers fire for what replication brings is what the server does, and what is said before. */
@ExtendWith(SharedServers.class)
class ReplicaTriggersIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static final String TABLES = """
            create table orders (id int primary key, n int);
            create table m (id int, d int, primary key (id, d)) partition by range (d);
            create table m1 partition of m for values from (1) to (2);
            create table m2 partition of m for values from (2) to (3);
            """;

    private static final String TRIGGERS = """
            create table fired (what text);
            create function note() returns trigger language plpgsql as
                'begin insert into public.fired values (tg_name || '' on '' || tg_table_name); return null; end';
            create trigger a_row after insert on orders for each row execute function note();
            create trigger r_row after update or delete on orders for each row execute function note();
            create trigger usual after insert or update or delete on orders for each row execute function note();
            create trigger off after insert on orders for each row execute function note();
            create constraint trigger checking after insert on orders deferrable initially deferred
                for each row execute function note();
            create trigger each_insert after insert on orders for each statement execute function note();
            create trigger each_update after update on orders for each statement execute function note();
            create trigger each_delete after delete on orders for each statement execute function note();
            create trigger each_truncate after truncate on orders for each statement execute function note();
            create trigger "Of Parts" after insert on m for each row execute function note();
            create trigger of_one after insert on m for each row execute function note();
            create trigger of_root after insert or truncate on m for each statement execute function note();
            create trigger of_leaf after insert or truncate on m1 for each statement execute function note();
            create rule ruled as on insert to orders do also insert into fired values ('rule');
            create rule ruled_too as on update to orders do also insert into fired values ('rule');
            alter table orders enable always trigger a_row, enable replica trigger r_row, disable trigger off,
                enable always trigger checking, enable always trigger each_insert, enable always trigger each_update,
                enable replica trigger each_delete, enable replica trigger each_truncate,
                enable always rule ruled, enable replica rule ruled_too;
            alter table m enable always trigger "Of Parts", enable always trigger of_root;
            alter table m1 enable always trigger of_leaf;
            alter table only m1 enable replica trigger of_one;
            create unlogged table scratch (id int);
            create trigger t after insert on scratch for each row execute function note();
            alter table scratch enable always trigger t;
            create table of_others (id int);
            create trigger t after insert on of_others for each row execute function note();
            alter table of_others enable always trigger t;
            alter extension plpgsql add table of_others;
            create schema upshift;
            create table upshift.ours (id int);
            create trigger t after insert on upshift.ours for each row execute function note();
            alter table upshift.ours enable always trigger t;
            """;

    private final Catalog catalog = new ServerCatalog();
    private final Links links = TestLinks.create();

    @ParameterizedTest
    @CsvSource({"13, 17", "17, 13", "13, 14", "18, 15"})
    void thoseThatFireAreNamed(int from, int to) {
        LinkSide publisher = new LinkSide(from, TABLES);
        LinkSide subscriber = new LinkSide(to, TABLES + TRIGGERS);
        try {
            List<ReplicaTrigger> named = catalog.replicaTriggers(subscriber.session);
            assertThat(named)
                    .extracting(ReplicaTrigger::name)
                    .containsExactly(
                            "\"Of Parts\" on public.m",
                            "of_leaf on public.m1",
                            "of_one on public.m1",
                            "a_row on public.orders",
                            "checking on public.orders",
                            "each_insert on public.orders",
                            "each_truncate on public.orders",
                            "r_row on public.orders");
            assertThat(named)
                    .extracting(ReplicaTrigger::remedy)
                    .contains(
                            "ALTER TABLE public.m ENABLE TRIGGER \"Of Parts\"",
                            "ALTER TABLE public.m1 DISABLE TRIGGER of_one",
                            "ALTER TABLE public.orders DISABLE TRIGGER r_row");

            publisher.execute("""
                    insert into orders values (1, 1);
                    insert into m values (1, 1);
                    create publication p for table orders, m""");
            subscriber.execute("create subscription %s connection '%s' publication p"
                    .formatted(subscriber.name("s"), connection(publisher)));
            await().atMost(LONG)
                    .until(() -> subscriber
                            .value("select count(*) from pg_subscription_rel where srsubstate = 'r'")
                            .equals("3"));
            assertThat(fired(subscriber))
                    .isEqualTo("Of Parts on m1, a_row on orders, checking on orders, each_insert on orders,"
                            + " of_leaf on m1, of_one on m1");

            subscriber.execute("truncate fired");
            publisher.execute("insert into orders values (2, 2); insert into m values (1, 2), (2, 1)");
            publisher.execute("update orders set n = 3 where id = 1");
            publisher.execute("delete from orders where id = 2");
            publisher.execute("truncate orders");
            arrive(publisher, subscriber, 9);
            assertThat(fired(subscriber))
                    .as("no rule, and nothing for a statement but of TRUNCATE")
                    .isEqualTo("Of Parts on m1, Of Parts on m2, a_row on orders, checking on orders,"
                            + " each_truncate on orders, of_one on m1, r_row on orders");

            subscriber.execute(named.stream().map(ReplicaTrigger::remedy).collect(Collectors.joining(";")));
            assertThat(catalog.replicaTriggers(subscriber.session)).isEmpty();
            subscriber.execute("truncate fired");
            publisher.execute("insert into m values (3, 1), (4, 2); truncate orders");
            arrive(publisher, subscriber, 10);
            assertThat(fired(subscriber)).isEmpty();
        } finally {
            subscriber.close(links);
            publisher.close(links);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void thousandsAreReadAtOnce(int major) {
        LinkSide side = new LinkSide(major, """
                create function note() returns trigger language plpgsql as 'begin return null; end';
                do $$ begin
                    for number in 1..2000 loop
                        execute format('create table %1$I (); create trigger t after insert on %1$I for each row'
                            || ' execute function note(); alter table %1$I enable always trigger t', 't' || number);
                    end loop;
                end $$""");
        side.session.limitStatements(Duration.ofSeconds(2));

        assertThat(catalog.replicaTriggers(side.session)).hasSize(2_000);
        side.close(links);
    }

    private static void arrive(LinkSide publisher, LinkSide subscriber, int id) {
        publisher.execute("insert into orders values (%d, 0)".formatted(id));
        await().atMost(LONG)
                .until(() -> subscriber
                        .value("select count(*) from orders where id = " + id)
                        .equals("1"));
    }

    private static String fired(LinkSide side) {
        return side.value("select coalesce(string_agg(distinct what collate \"C\", ', '), '') from fired");
    }

    private static String connection(LinkSide publisher) {
        return "host=%s port=%d dbname=''%s'' user=%s password=%s"
                .formatted(
                        PostgresCluster.HOST,
                        publisher.endpoint().port(),
                        publisher.database,
                        Login.UPSHIFT.user(),
                        Login.UPSHIFT.password());
    }
}
