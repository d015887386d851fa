package dev.upshift.postgres.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.upshift.postgres.schema.SchemaCopy.SchemaArchive;
import dev.upshift.postgres.schema.SchemaCopy.SchemaComparison;
import dev.upshift.postgres.schema.SchemaCopy.SchemaCopyFailed;
import dev.upshift.postgres.session.PostgresSession;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies a schema with all that is awkward from PostgreSQL 13 to 17. */
class SchemaCopyIT {

    private static final String INDEXES = "select relname, oid, relfilenode from pg_class"
            + " where relnamespace = '\"Stock\"'::regnamespace order by 1";

    private static CopyFixture fixture;
    private static SchemaArchive archive;

    @BeforeAll
    static void start() {
        fixture = new CopyFixture(13, 17);
        archive = fixture.dump();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void freshTarget() {
        fixture.freshTarget();
    }

    @Test
    void whatIsNeededBeforeTheDataComesFirst() {
        assertThat(fixture.compare(false).targetEmpty()).isTrue();

        fixture.restore(archive);

        SchemaComparison before = fixture.compare(true);
        assertThat(before.differences()).isEmpty();
        assertThat(before.targetEmpty()).isFalse();
        assertThat(fixture.compare(false).differences())
                .contains(
                        "The target lacks index Stock.Items by lower name",
                        "The target lacks foreign key Stock.egg.egg_hen_fkey",
                        "The target lacks trigger Stock.Items.touch it",
                        "The target lacks constraint Stock.Items.one name per mood",
                        "The target lacks statistics Stock.items stats",
                        "The target lacks event trigger on any command")
                .allMatch(line -> line.startsWith("The target lacks "));
        assertThat(fixture.target.rows(CopyFixture.DATABASE, """
                select c.relname from pg_class c
                where c.relkind in ('r', 'p') and c.relnamespace = '"Stock"'::regnamespace
                  and not exists (select from pg_index i where i.indrelid = c.oid and i.indisvalid
                                    and (i.indisprimary or i.indisreplident))
                order by 1"""))
                .extracting(row -> row.get("relname"))
                .containsExactly("booking", "dog", "whole_row");
    }

    /** Only a superuser may give them, and the target's user need not be one. */
    @Test
    void privilegesOnWhatBelongsToTheServerAreNamedInsteadOfCopied() {
        String granted = "select has_function_privilege("
                + "'public', 'pg_replication_origin_advance(text, pg_lsn)', 'execute')";
        try (PostgresSession source = fixture.onSource()) {
            assertThat(fixture.copy.systemGrants(source)).isEmpty();
            fixture.source.execute(
                    source.database(),
                    "grant execute on function pg_replication_origin_advance(text, pg_lsn) to public");
            try {
                assertThat(fixture.copy.systemGrants(source))
                        .containsExactly("pg_replication_origin_advance(text,pg_lsn)");
                fixture.restore(fixture.dump());

                assertThat(fixture.source.value(source.database(), granted)).isEqualTo("t");
                assertThat(fixture.target.value(source.database(), granted)).isEqualTo("f");
                assertThat(fixture.compare(true).differences()).isEmpty();
            } finally {
                fixture.source.execute(
                        source.database(),
                        "revoke execute on function pg_replication_origin_advance(text, pg_lsn) from public");
            }
        }
    }

    @Test
    void heldBackObjectsComeAfterTheDataAndOnlyOnce() {
        fixture.restore(archive);
        fixture.target.execute(
                CopyFixture.DATABASE, "insert into \"Stock\".\"Items\" (\"Name\", amount) values ('a', 11), ('b', 12)");

        List<String> progress = build();

        assertThat(fixture.compare(false).differences()).isEmpty();
        // Two jobs may take locks of each other; which of them gives way, and is built in the next round, is chance.
        assertThat(progress.stream().filter(line -> !line.matches("Could not build .* yet")))
                .hasSize(archive.heldBackCount())
                .allMatch(line -> line.startsWith("Built "))
                .anyMatch(line -> line.startsWith("Built index \"Stock\".\"Items by lower name\" ("))
                .anyMatch(line -> line.startsWith("Built foreign key \"which egg\" on \"Stock\".\"hen\" ("))
                .anyMatch(line -> line.startsWith("Built content of materialized view \"Stock\".\"Stock Value\" ("));
        assertThat(fixture.target.value(CopyFixture.DATABASE, "select sum(total) from \"Stock\".\"Stock Value\""))
                .isEqualTo("23");

        List<Map<String, String>> built = fixture.target.rows(CopyFixture.DATABASE, INDEXES);
        assertThat(build()).isEmpty();
        assertThat(fixture.target.rows(CopyFixture.DATABASE, INDEXES)).isEqualTo(built);
    }

    @Test
    void interruptedBuildIsTakenUpWhereItStopped() {
        fixture.restore(archive);
        fixture.target.execute(CopyFixture.DATABASE, """
                create index "plain index of No Key" on "Stock"."No Key" (what);
                create index "Items_amount_lot_idx" on "Stock"."Items" (amount) include (lot);
                alter index "Stock"."Items_amount_lot_idx" owner to "Ware House";
                update pg_index set indisvalid = false where indexrelid = '"Stock"."Items_amount_lot_idx"'::regclass;
                create index "Moves by kind" on only "Stock"."Moves" (kind);
                alter table "Stock"."Moves" add constraint "Moves_item_fkey"
                    foreign key (item) references "Stock"."Items" ("Item Id");""");

        List<String> progress = build();

        assertThat(fixture.compare(false).differences()).isEmpty();
        assertThat(progress)
                .anyMatch(line -> line.startsWith("Built index \"Stock\".\"Items_amount_lot_idx\""))
                .noneMatch(line -> line.contains("plain index of No Key"))
                .noneMatch(line -> line.contains("Moves_item_fkey"));
    }

    @Test
    void oneThatCannotBeBuiltDoesNotStopTheOthers() {
        fixture.restore(archive);
        fixture.target.execute(CopyFixture.DATABASE, "insert into \"Stock\".egg values (1, 4711)");

        assertThatThrownBy(this::build)
                .isInstanceOf(SchemaCopyFailed.class)
                .hasMessageStartingWith("1 of " + archive.heldBackCount() + " held-back objects could not be built in")
                .hasMessageContaining("foreign key \"egg_hen_fkey\" on \"Stock\".\"egg\"")
                .hasMessageContaining("Key (hen)=(4711) is not present")
                .hasMessageNotContaining("ALTER TABLE");
        assertThat(fixture.compare(false).differences())
                .containsExactly("The target lacks foreign key Stock.egg.egg_hen_fkey");

        fixture.target.execute(CopyFixture.DATABASE, "delete from \"Stock\".egg");
        assertThat(build()).singleElement().asString().contains("egg_hen_fkey");
        assertThat(fixture.compare(false).differences()).isEmpty();
    }

    @Test
    void failedRestoreLeavesTheTargetAsItWas() {
        fixture.target.execute(
                CopyFixture.DATABASE,
                "create schema \"odd \"\"quoted\"\" name\"; create table \"odd \"\"quoted\"\" name\".mine ()");
        String objects = "select count(*) from pg_class";
        String before = fixture.target.value(CopyFixture.DATABASE, objects);

        assertThatThrownBy(() -> fixture.restore(archive))
                .isInstanceOf(SchemaCopyFailed.class)
                .hasMessageContaining("which is as it was before")
                .hasMessageContaining("schema \"odd \"quoted\" name\" already exists")
                .hasMessageNotContaining("upshift-lab");

        assertThat(fixture.target.value(CopyFixture.DATABASE, objects)).isEqualTo(before);
        assertThat(fixture.target.value(
                        CopyFixture.DATABASE, "select count(*) from pg_namespace where nspname = 'Stock'"))
                .isEqualTo("0");
    }

    @Test
    void differencesAreToldInOneLineEach() {
        fixture.restore(archive);
        build();
        fixture.target.execute(CopyFixture.DATABASE, """
                drop event trigger "on any command";
                alter table "Stock"."Items" alter column contact set not null;
                drop index "Stock"."unique, but no constraint";
                revoke select on "Stock"."No Key" from picker;
                create or replace view "Stock"."Happy Items" with (security_barrier) as
                    select "Item Id", "Name" from "Stock"."Items" where "Mood" = 'sad' with local check option;
                create table "Stock"."Only here" (id integer primary key);
                alter function "Stock"."Double It" volatile;
                drop table "Stock".booking;
                alter sequence "Stock"."Lot Numbers" increment by 7;
                alter type "Stock"."Mood" add value 'furious';
                comment on table "Stock"."Items" is 'else';""");

        assertThat(fixture.compare(false).differences())
                .containsExactlyInAnyOrder(
                        "The target lacks event trigger on any command",
                        "column Stock.Items.contact differs: source has nothing of the kind, target has “not null”",
                        "The target lacks index Stock.unique, but no constraint",
                        "table Stock.No Key differs: source has “grant SELECT to picker”, target has nothing of the kind",
                        "view Stock.Happy Items differs: source has “query SELECT Item Id, Name FROM Items WHERE (Mood ="
                                + " 'happy'::Mood);”, target has “query SELECT Item Id, Name FROM Items WHERE (Mood ="
                                + " 'sad'::Mood);”",
                        "Only the target has table Stock.Only here",
                        "function Stock.Double It(integer) differs: source has “volatility i”, target has “volatility v”",
                        "The target lacks table Stock.booking",
                        "sequence Stock.Lot Numbers differs: source has “increment 5”, target has “increment 7”",
                        "type Stock.Mood differs: source has “labels 'sad', 'it''s ok', 'happy'”, target has “labels"
                                + " 'sad', 'it''s ok', 'happy', 'furious'”",
                        "table Stock.Items differs: source has “comment Has 'quotes' and more”, target has “comment"
                                + " else”");
    }

    @Test
    void stoppedOnRequestWhileItWaits() throws Exception {
        List<Throwable> ended = new CopyOnWriteArrayList<>();
        try (var blocker = fixture.source.connect(CopyFixture.DATABASE)) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("lock table \"Stock\".hen in access exclusive mode");
            Thread dumping = Thread.ofVirtual().start(() -> {
                try {
                    fixture.dump();
                } catch (SchemaCopyFailed failed) {
                    ended.add(failed);
                }
            });
            String waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                    + " and application_name = 'upshift'";
            await().until(() -> fixture.source.value("postgres", waiting).equals("1"));
            dumping.interrupt();
            dumping.join(15_000);
            assertThat(ended)
                    .singleElement()
                    .satisfies(failure -> assertThat(failure).hasMessage("pg_dump was stopped on request"));
            await().until(() -> fixture.source.value("postgres", waiting).equals("0"));
        }
    }

    @Test
    void whatTheTargetRefusesIsNamedWithItsReason() {
        refused("""
                create extension pg_stat_statements;
                create table t1 (id integer primary key);
                create view "slow Queries" as select query, calls, blk_read_time from pg_stat_statements""")
                .hasMessageContaining("as it was before: view public.slow Queries: ")
                .hasMessageContaining("column pg_stat_statements.blk_read_time does not exist");
        refused("create aggregate collected (anyelement) (sfunc = array_append, stype = anyarray, initcond = '{}')")
                .hasMessageContaining("as it was before: aggregate public.collected(anyelement): ")
                .hasMessageContaining("function array_append(anyarray, anyelement) does not exist");
        refused("create view waits as select pg_is_in_backup() as waiting")
                .hasMessageContaining("as it was before: view public.waits: ");
    }

    /** Meant for clients of the database; both wait longer for somebody else than any of them allows. */
    @Test
    void timeoutsOfTheDatabaseEndNeitherTheCopyNorTheBuild() throws Exception {
        try (Connection other = fixture.target.connect(CopyFixture.DATABASE)) {
            other.setAutoCommit(false);
            fixture.target.execute("postgres", "alter database warehouse set statement_timeout = '100ms'");
            fixture.target.execute("postgres", "alter database warehouse set lock_timeout = '50ms'");
            fixture.target.execute(
                    "postgres", "alter database warehouse set idle_in_transaction_session_timeout = '2ms'");
            assertThatThrownBy(() -> fixture.target.execute(CopyFixture.DATABASE, "select pg_sleep(1)"))
                    .as("a client")
                    .hasStackTraceContaining("statement timeout");

            other.createStatement().execute("create schema \"Stock\"");
            outlast(other, () -> fixture.restore(archive));

            other.createStatement().execute("lock table \"Stock\".\"Items\" in access exclusive mode");
            outlast(other, this::build);
        }
        fixture.target.execute("postgres", "alter database warehouse reset statement_timeout");
        fixture.target.execute("postgres", "alter database warehouse reset lock_timeout");
        fixture.target.execute("postgres", "alter database warehouse reset idle_in_transaction_session_timeout");
        assertThat(fixture.compare(false).differences()).isEmpty();
    }

    /** Lets go only when one statement has been waiting for five times as long as the timeouts allow. */
    private static void outlast(Connection other, Runnable work) throws Exception {
        CompletableFuture<Void> done = CompletableFuture.runAsync(work, Thread::startVirtualThread);
        await().until(() ->
                done.isDone() || fixture.target.value("postgres", """
                select exists (select from pg_stat_activity
                               where datname = 'warehouse' and wait_event_type = 'Lock' and query ~ '^(CREATE|ALTER) '
                                 and clock_timestamp() - query_start > interval '500 milliseconds')
                """).equals("t"));
        assertThat(done).as("still waits").isNotDone();
        other.rollback();
        done.get(1, TimeUnit.MINUTES);
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(String schema) {
        for (var cluster : List.of(fixture.source, fixture.target)) {
            cluster.execute("postgres", "drop database if exists refused with (force)");
            cluster.execute("postgres", "create database refused");
        }
        fixture.source.execute("refused", schema);
        SchemaArchive taken;
        try (var target = fixture.onTargetMaintenance()) {
            taken = fixture.copy.dump(CopyFixture.endpoint(fixture.source), "refused", target.version());
        }
        String count = "select count(*) from pg_class where relnamespace = 'public'::regnamespace";
        var refusal =
                assertThatThrownBy(() -> fixture.copy.restore(taken, CopyFixture.endpoint(fixture.target), "refused"));
        assertThat(fixture.target.value("refused", count)).isEqualTo("0");
        return refusal.isInstanceOf(SchemaCopyFailed.class);
    }

    private List<String> build() {
        List<String> progress = new ArrayList<>();
        fixture.copy.buildHeldBack(
                archive, CopyFixture.endpoint(fixture.target), CopyFixture.DATABASE, 2, progress::add);
        return progress;
    }
}
