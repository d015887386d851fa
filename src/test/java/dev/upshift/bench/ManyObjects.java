package dev.upshift.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerSchema;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.upgrade.ControlPlane;
import java.math.BigInteger;
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
            select nextval('"it''s".round') from generate_series(1, 21); -- the next but one is the first again
            create sequence "it's".used_up maxvalue 5;
            select nextval('"it''s".used_up') from generate_series(1, 5);
            create sequence "it's".set_back;
            select setval('"it''s".set_back', 77, false);
            create sequence "it's".cached cache 50;
            select nextval('"it''s".cached');
            create sequence "it's".far_down increment -1 minvalue -9223372036854775808 maxvalue -1;
            select setval('"it''s".far_down', -9223372036854775800);
            create unlogged table "it's".scratch (id serial primary key);
            insert into "it's".scratch select from generate_series(1, 5);
            """;

    private static final String ONE_SEQUENCE = """
            create table only_one (id serial primary key, content text not null);
            insert into only_one (content) select 'a row' from generate_series(1, 5);
            """;

    private static final String OF_UNLOGGED = "\"it's\".scratch_id_seq";

    /** Every sequence as it stands; one that was never called has to be read itself. */
    private static final String STANDING = """
            select format('%I.%I', s.schemaname, s.sequencename) as name,
                   s.increment_by, s.min_value, s.max_value, s.cycle, s.last_value is not null as called,
                   coalesce(s.last_value::text, substring(
                       query_to_xml(
                           format('select last_value from %I.%I', s.schemaname, s.sequencename), false, false, '')::text
                       from '<last_value>(-?\\d+)<')) as last_value
            from pg_sequences as s
            where s.schemaname <> 'upshift'
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
            settings.put("accepted", List.of("not-carried")); // rows of the unlogged table, but not its sequence
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

    /**
     * On the side that was entered every sequence goes on where, or after, the other one's stands; one that cycles, where
     * a value that is ahead may have been handed out, exactly there, unless clients have moved it on since.
     */
    void assertHandsOutNoValueTwice(LabWorld world, String procedure) {
        boolean there = procedure.equals("cutover");
        PostgresCluster left = there ? world.source() : world.target();
        PostgresCluster entered = there ? world.target() : world.source();
        for (String database : List.of(LedgerSchema.DATABASE, SINGLE)) {
            Map<String, Map<String, String>> before = sequences(left, database);
            Map<String, Map<String, String>> after = sequences(entered, database);
            assertThat(after.keySet()).isEqualTo(before.keySet());
            before.forEach((name, old) -> assertGoesOn(name, old, after.get(name)));
            before.forEach((name, old) -> assertHandsOutNext(entered, database, name, old));
        }
        assertThat(sequences(entered, LedgerSchema.DATABASE)).containsKey(OF_UNLOGGED);
        entered.execute(SINGLE, "insert into only_one (content) values ('a row after the " + procedure + "')");
    }

    private static void assertGoesOn(String name, Map<String, String> old, Map<String, String> now) {
        BigInteger next = next(old);
        boolean cycles = old.get("cycle").equals("t");
        boolean isThere = cycles
                ? isUsed(name) || next(now).equals(next)
                : next(now).compareTo(next) * number(old, "increment_by").signum() >= 0;
        assertThat(isThere).as("%s: %s then %s", name, old, now).isTrue();
        assertThat(now.get("called").equals("t") || old.get("called").equals("f"))
                .as("%s: %s then %s", name, old, now)
                .isTrue();
    }

    /** By what a client would get; of those that cycle, so that no other loses a value by it. */
    private static void assertHandsOutNext(
            PostgresCluster entered, String database, String name, Map<String, String> old) {
        if (old.get("cycle").equals("t") && !isUsed(name)) {
            assertThat(entered.value(database, "select nextval('%s')".formatted(name.replace("'", "''"))))
                    .as("%s: %s", name, old)
                    .isEqualTo(next(old).toString());
        }
    }

    /** By clients, who are served there again by now. */
    private static boolean isUsed(String name) {
        return !name.startsWith("\"it's\".");
    }

    /** What it hands out next; beyond its bounds when it is used up. */
    private static BigInteger next(Map<String, String> sequence) {
        BigInteger last = number(sequence, "last_value");
        if (sequence.get("called").equals("f")) {
            return last;
        }
        BigInteger next = last.add(number(sequence, "increment_by"));
        BigInteger lowest = number(sequence, "min_value");
        BigInteger highest = number(sequence, "max_value");
        boolean isBeyond = next.compareTo(lowest) < 0 || next.compareTo(highest) > 0;
        if (!isBeyond || sequence.get("cycle").equals("f")) {
            return next;
        }
        return number(sequence, "increment_by").signum() > 0 ? lowest : highest;
    }

    private static BigInteger number(Map<String, String> sequence, String column) {
        return new BigInteger(sequence.get(column));
    }

    private static Map<String, Map<String, String>> sequences(PostgresCluster cluster, String database) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        cluster.rows(database, STANDING).forEach(row -> all.put(row.get("name"), row));
        return all;
    }
}
