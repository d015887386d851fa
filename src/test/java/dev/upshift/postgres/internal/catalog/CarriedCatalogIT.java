package dev.upshift.postgres.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.upshift.lab.Login;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.Catalog.RowSecurity;
import dev.upshift.postgres.catalog.NotCarried;
import dev.upshift.postgres.catalog.TableIdentity;
import dev.upshift.postgres.catalog.TableIdentity.IndexState;
import dev.upshift.postgres.catalog.TableIdentity.Setting;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.session.PostgresSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a database has that is not carried, and what its rows are found by, as every major has it. */
@ExtendWith(SharedServers.class)
class CarriedCatalogIT {

    private final Catalog catalog = new ServerCatalog();

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void readsWhatRowsAreFoundBy(int major) {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, """
                create type pair as (n int, j json);
                create domain note as xml;
                create type mood as enum ('good');
                create table a_whole (
                    i int, v varchar(9), c char(2), n numeric[], m mood, r int4range, o oidvector, w cidr, b box);
                alter table a_whole replica identity full;
                create table b_whole (p pair, n note[], "Odd" point, g int generated always as (1) stored);
                alter table b_whole replica identity full;
                create table c_chosen (id int primary key, a int not null, b int not null, x int);
                create unique index c_ab on c_chosen (b, a) include (x);
                alter table c_chosen replica identity using index c_ab;
                create table d_lost (id int primary key, j json);
                create unique index d_id on d_lost (id);
                alter table d_lost replica identity using index d_id;
                drop index d_id;
                create table e_late (id int primary key deferrable);
                create unlogged table f_unlogged (id int);
                create table g_root (id int) partition by range (id);
                create table g_leaf partition of g_root for values from (0) to (9);
                """);

        try (PostgresSession session = SharedServers.open(major, database)) {
            List<TableIdentity> tables = catalog.identities(session);
            assertThat(tables)
                    .extracting(
                            table -> table.name().table(),
                            TableIdentity::setting,
                            TableIdentity::state,
                            TableIdentity::published,
                            TableIdentity::lookedUp)
                    .containsExactly(
                            tuple("a_whole", Setting.FULL, IndexState.NONE, List.of(), List.of()),
                            tuple("b_whole", Setting.FULL, IndexState.NONE, List.of(), List.of()),
                            tuple("c_chosen", Setting.INDEX, IndexState.USABLE, List.of("b", "a"), List.of("b", "a")),
                            tuple("d_lost", Setting.INDEX, IndexState.NONE, List.of(), List.of("id")),
                            tuple("e_late", Setting.DEFAULT, IndexState.DEFERRABLE, List.of(), List.of()),
                            tuple("g_leaf", Setting.DEFAULT, IndexState.NONE, List.of(), List.of()));
            assertThat(tables.get(0).withoutEquality()).containsExactly("b (box)");
            assertThat(tables.get(1).withoutEquality())
                    .containsExactly("p (public.pair)", "n (public.note[])", "Odd (point)");
            assertThat(tables.get(1).generated()).containsExactly("g");
            assertThat(tables.get(3).withoutEquality()).isEmpty();
        }
    }

    @Test
    void aVirtualColumnIsGeneratedToo() {
        String database = SharedServers.database(18);
        SharedServers.of(18).execute(database, "create table t (a int, g int generated always as (a + 1) virtual)");
        try (PostgresSession session = SharedServers.open(18, database)) {
            assertThat(catalog.identities(session).getFirst().generated()).containsExactly("g");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void readsWhomRowSecurityHinders(int major) {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, """
                do $$ begin
                    if to_regrole('tenant') is null then
                        create role tenant;
                        create role passes bypassrls;
                    end if;
                end $$;
                create table a_open (id int);
                create table b_enabled (id int);
                alter table b_enabled enable row level security;
                create table c_forced (id int);
                alter table c_forced enable row level security, force row level security, owner to tenant;
                create table d_passes (id int);
                alter table d_passes enable row level security, force row level security, owner to passes;
                create table e_asleep (id int);
                alter table e_asleep force row level security, owner to tenant;
                create table f_root (id int) partition by range (id);
                create table f_leaf partition of f_root for values from (0) to (9);
                alter table f_root enable row level security, force row level security, owner to tenant;
                alter table f_leaf enable row level security, owner to tenant""");

        try (PostgresSession session = SharedServers.open(major, database)) {
            assertThat(catalog.rowSecurity(session))
                    .extracting(
                            table -> table.name().table(),
                            RowSecurity::owner,
                            RowSecurity::hides,
                            RowSecurity::bindsOwner)
                    .containsExactly(
                            tuple("b_enabled", Login.UPSHIFT.user(), false, false),
                            tuple("c_forced", "tenant", false, true),
                            tuple("d_passes", "passes", false, false),
                            tuple("f_leaf", "tenant", false, false));
            session.jdbc().sql("set role tenant").update();
            assertThat(catalog.rowSecurity(session))
                    .filteredOn(RowSecurity::hides)
                    .extracting(table -> table.name().table())
                    .containsExactly("b_enabled", "c_forced", "d_passes");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void readsWhatIsNotCarried(int major) {
        String database = SharedServers.database(major);
        try (PostgresSession session = SharedServers.open(major, database)) {
            assertThat(catalog.notCarried(session).items()).isEmpty();

            SharedServers.of(major).execute(database, """
                    create table "Of Others" (id serial primary key);
                    alter extension plpgsql add table "Of Others";
                    alter extension plpgsql add sequence "Of Others_id_seq";
                    create unlogged table scratch (id int);
                    create table plain (id int);
                    select lo_create(0) from generate_series(1, 3);
                    create materialized view seen as select 1 as one;
                    create materialized view unseen as select 1 as one with no data;
                    create publication ours_1 for table plain;
                    create publication theirs for table plain""");
            assertThat(catalog.notCarried(session).rows())
                    .singleElement()
                    .asString()
                    .startsWith("3 large objects (");

            SharedServers.of(major).execute(database, """
                            insert into "Of Others" select from generate_series(1, 10001);
                            insert into scratch values (1)""");
            NotCarried found = catalog.notCarried(session);
            assertThat(found.phrases("ours_"))
                    .satisfiesExactly(
                            large -> assertThat(large).startsWith("3 large objects ("),
                            unlogged -> assertThat(unlogged)
                                    .startsWith("1 unlogged table: public.scratch (")
                                    .doesNotContain("about 0"),
                            table -> assertThat(table)
                                    .startsWith(
                                            "1 table of an extension: public.Of Others of plpgsql (about 10,000 rows, "),
                            sequence -> assertThat(sequence)
                                    .isEqualTo("1 sequence of an extension: public.Of Others_id_seq of plpgsql"),
                            publication -> assertThat(publication).isEqualTo("1 publication of others: theirs"));
            assertThat(found.rows()).hasSize(4);
            assertThat(found.toBeRefreshed()).containsExactly("1 materialized view: public.seen");
        }
    }

    @Test
    void itDoesNotWaitBehindALock() throws SQLException {
        String database = SharedServers.database(17);
        SharedServers.of(17).execute(database, """
                create table of_others (id int);
                insert into of_others values (1);
                analyze of_others;
                alter extension plpgsql add table of_others""");
        try (Connection other = SharedServers.of(17).connect(database);
                Statement statement = other.createStatement();
                PostgresSession session = SharedServers.open(17, database)) {
            other.setAutoCommit(false);
            statement.execute("lock table of_others in access exclusive mode");
            session.limitStatements(Duration.ofSeconds(3));

            assertThat(catalog.notCarried(session).rows())
                    .containsExactly("1 table of an extension: public.of_others of plpgsql (about 1 row, 8.2 kB)");
        }
    }
}
