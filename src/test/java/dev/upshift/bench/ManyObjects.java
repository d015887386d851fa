package dev.upshift.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerSchema;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.upgrade.ControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A source with many tables in the database of the lab, sequences of every kind among thousands of ordinary ones, and a
 * second database whose only sequence belongs to its only table.
 */
final class ManyObjects {

    private static final String SINGLE = "single";

    private static final String SEQUENCES = """
            create schema "it's";
            create table "it's".down (
                id integer generated always as identity (increment by -3 minvalue -100000 maxvalue -1 start with -1)
                    primary key);
            insert into "it's".down select from generate_series(1, 40);
            create sequence "it's"."Say ""5"" twice" as smallint increment 5 minvalue -50 maxvalue 32000 start -50;
            select nextval('"it''s"."Say ""5"" twice"') from generate_series(1, 30);
            create sequence "it's".never start 500 minvalue 100 maxvalue 1000;
            create sequence "it's".round minvalue 10 maxvalue 20 cycle;
            select nextval('"it''s".round') from generate_series(1, 15);
            create sequence "it's".used_up maxvalue 5;
            select nextval('"it''s".used_up') from generate_series(1, 5);
            create sequence "it's".set_back;
            select setval('"it''s".set_back', 77, false);
            create sequence "it's".cached cache 50;
            select nextval('"it''s".cached');
            create sequence "it's".far_down increment -1 minvalue -9223372036854775808 maxvalue -1;
            select setval('"it''s".far_down', -9223372036854775800);
            """;

    private static final String ONE_SEQUENCE = """
            create table only_one (id serial primary key, content text not null);
            insert into only_one (content) select 'a row' from generate_series(1, 5);
            """;

    /** Every sequence with the value that comes next, as text; null where none does. */
    private static final String NEXT = """
            select format('%I.%I', schemaname, sequencename) as name, increment_by, cycle,
                   coalesce(last_value, start_value) as last_value, last_value is not null as called
            from pg_sequences
            where schemaname <> 'upshift'
            """;

    private final int tables;

    ManyObjects(int tables) {
        this.tables = tables;
    }

    /** Starts the servers and poolers. */
    LabWorld world(int sequences) {
        List<Integer> ports = new ArrayList<>();
        return LabWorld.builder()
                .durable(false)
                .schema(new LedgerSchema(sequences, 0))
                .clusters(cluster -> {
                    ports.add(cluster.port());
                    if (tables > 2_500) {
                        cluster.setting("max_locks_per_transaction", "128"); // a schema is made in one transaction
                    }
                })
                .poolers(pooler -> pooler.database(SINGLE, ports.getFirst()))
                .start();
    }

    /** Makes all of it. */
    void create(PostgresCluster source) {
        source.execute(LedgerSchema.DATABASE, """
                do $$
                begin
                    execute 'create schema many';
                    for number in 1..%d loop
                        execute format('create table many."Table %%s" (id bigint primary key)', number);
                        if number %% 500 = 0 then
                            commit;
                        end if;
                    end loop;
                end $$""".formatted(tables));
        source.execute(LedgerSchema.DATABASE, SEQUENCES);
        source.execute("postgres", "create database " + SINGLE);
        source.execute(SINGLE, ONE_SEQUENCE);
    }

    /** A project with both databases. */
    Map<String, Object> project(LabWorld world) {
        Map<String, Object> project = ControlPlane.project(world, settings -> {
            settings.put("pauseBudget", "PT30S"); // a busy machine is no reason to fail
            settings.put("copyJobs", 2);
            return settings;
        });
        project.put("databases", List.of(LedgerSchema.DATABASE, SINGLE));
        return project;
    }

    /** Every one of the tables is part of the subscription, and copied. */
    void assertSubscribed(PostgresCluster target) {
        assertThat(target.value(
                        LedgerSchema.DATABASE,
                        "select count(*) from pg_subscription_rel as r"
                                + " join pg_class as c on c.oid = r.srrelid and c.relnamespace = 'many'::regnamespace"
                                + " where r.srsubstate = 'r'"))
                .isEqualTo(Integer.toString(tables));
    }

    /** On the side that was entered every sequence goes on where, or after, the other one's stands. */
    void assertHandsOutNoValueTwice(LabWorld world, String procedure) {
        boolean there = procedure.equals("cutover");
        PostgresCluster left = there ? world.source() : world.target();
        PostgresCluster entered = there ? world.target() : world.source();
        for (String database : List.of(LedgerSchema.DATABASE, SINGLE)) {
            Map<String, Map<String, String>> before = sequences(left, database);
            Map<String, Map<String, String>> after = sequences(entered, database);
            assertThat(after.keySet()).isEqualTo(before.keySet());
            assertThat(before).allSatisfy((name, old) -> assertGoesOn(name, old, after.get(name)));
        }
        entered.execute(SINGLE, "insert into only_one (content) values ('a row after the " + procedure + "')");
    }

    private static void assertGoesOn(String name, Map<String, String> old, Map<String, String> now) {
        long last = Long.parseLong(old.get("last_value"));
        long next = Long.parseLong(now.get("last_value"));
        boolean isAhead = Long.parseLong(old.get("increment_by")) > 0 ? next >= last : next <= last;
        assertThat(isAhead || old.get("cycle").equals("t"))
                .as("%s: %s then %s", name, old, now)
                .isTrue();
        assertThat(now.get("called").equals("t") || old.get("called").equals("f"))
                .as("%s: %s then %s", name, old, now)
                .isTrue();
    }

    private static Map<String, Map<String, String>> sequences(PostgresCluster cluster, String database) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        cluster.rows(database, NEXT).forEach(row -> all.put(row.get("name"), row));
        return all;
    }
}
