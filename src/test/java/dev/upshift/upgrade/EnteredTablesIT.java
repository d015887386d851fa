package dev.upshift.upgrade;

import static dev.upshift.upgrade.AlteredTables.LATER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is done to tables of the side that is entered, of which rows that arrive there come to harm, though all is as it
 * was in the end; and what is done alike on both sides, of which none does.
 */
class EnteredTablesIT {

    private static final String TABLES = """
            create table public.pair (id int primary key, one text, other text);
            create table public.price (id int primary key, amount numeric);
            create table public.heard (id int primary key, words text);
            create table public.growing (id int primary key, words text);
            create table public.gone (id int primary key, words text) partition by range (id);
            create table public.gone_1 partition of public.gone for values from (0) to (100);
            insert into public.pair values (1, 'one', 'other');
            insert into public.price values (1, 1.5);
            insert into public.growing values (1, 'x');
            create function public.keeps_nothing() returns trigger language plpgsql as 'begin return null; end';
            create trigger never before insert on public.heard for each row execute function public.keeps_nothing();
            alter table public.heard disable trigger never;
            create table public.split (id int primary key, words text) partition by range (id);
            create table public.split_1 partition of public.split for values from (0) to (100);
            create trigger falls before insert on public.split for each row execute function public.keeps_nothing();
            alter table public.split disable trigger falls;
            """;

    @TempDir
    private static Path directory;

    private static AlteredTables tables;

    @BeforeAll
    static void replicate() throws Exception {
        tables = AlteredTables.copied(LabWorld.builder().source(15).target(18).start(), TABLES, directory);
        tables.upshift.succeed("replicate", LATER);
        assertThat(tables.reason("cutover")).isEqualTo("allowed"); // whatever Replicate has built on the target
    }

    @AfterAll
    static void end() {
        tables.close();
    }

    @Test
    void rowsThatArrivedWhileTwoColumnsHadEachOthersNames() {
        String exchanged = """
                alter table public.pair rename one to between;
                alter table public.pair rename other to one;
                alter table public.pair rename between to other;
                """;
        tables.onTarget(exchanged);
        tables.onSource("insert into public.pair values (70, 'one', 'other')");
        tables.arrived("select count(*) from public.pair where id = 70");
        tables.onTarget(exchanged);

        assertThat(tables.reason("cutover"))
                .contains("shop on the target: ", "columns of public.pair were changed")
                .doesNotContain("on the source:");
        tables.onTarget("update public.pair set one = other, other = one where id = 70");
        tables.verifiedAndAllowed();
    }

    @Test
    void rowsThatWereRoundedByATypeThatIsWideAgain() {
        tables.onTarget("alter table public.price alter amount type int");
        tables.onTarget("alter table public.price alter amount type numeric");

        assertThat(tables.reason("cutover")).contains("shop on the target: ", "columns of public.price were changed");
        tables.onTarget("update public.price set amount = 1.5");
        tables.verifiedAndAllowed();
    }

    @Test
    void rowsThatArrivedWhileATriggerFired() {
        tables.onTarget("alter table public.heard enable replica trigger never");
        tables.onSource("insert into public.heard values (1, 'lost'); insert into public.pair values (80, 'a', 'b')");
        tables.arrived("select count(*) from public.pair where id = 80");
        tables.onTarget("alter table public.heard disable trigger never");

        assertThat(tables.reason("cutover")).contains("shop on the target: ", "triggers of public.heard were altered");
        tables.onTarget("insert into public.heard values (1, 'lost')");
        tables.verifiedAndAllowed();
    }

    /** On a partition it is a clone, and that is what fires there. */
    @Test
    void rowsThatArrivedWhileAPartitionsTriggerFired() {
        tables.onTarget("alter table public.split_1 enable replica trigger falls");
        tables.onTarget("alter table public.split_1 disable trigger falls");

        assertThat(tables.reason("cutover"))
                .contains("shop on the target: ", "triggers of public.split_1 were altered");
        tables.verifiedAndAllowed();
    }

    @Test
    void rowsOfAPartitionThatCameAndWasNotLoggedBeforeAnybodyLooked() {
        String partition = "create table public.gone_%d partition of public.gone for values from (%d) to (%d)";
        for (AlteredSide side : List.<AlteredSide>of(tables::onTarget, tables::onSource)) {
            side.run(partition.formatted(2, 100, 200));
            side.run(partition.formatted(3, 200, 300));
        }
        String subscription = tables.world.target().value("shop", "select subname from pg_subscription");
        tables.world.target().execute("shop", "alter subscription \"%s\" refresh publication".formatted(subscription));
        tables.arrived("select count(*) filter (where srsubstate <> 'r') + 1 from pg_subscription_rel");
        tables.onSource("alter table public.gone_2 set unlogged");
        tables.onSource("insert into public.gone_2 values (101, 'lost')");
        tables.onSource("alter table public.gone_2 set logged");
        tables.onSource("insert into public.gone_3 values (201, 'sent')");
        tables.arrived("select count(*) from public.gone where id = 201");

        assertThat(tables.reason("cutover"))
                .contains("shop on the source: ", "public.gone_2 came since, and was written anew or emptied")
                .doesNotContain("public.gone_3");
        assertThat(tables.reason("cutover")).contains("public.gone_2"); // whoever looked
        tables.onTarget("insert into public.gone_2 values (101, 'lost')");
        tables.verifiedAndAllowed();
    }

    @Test
    void whatChangesNoRowThatArrivesIsNoDoubt() {
        tables.onTarget("create index on public.pair (other); alter table public.price add check (amount < 1000)");
        tables.onTarget("alter table public.heard add foreign key (id) references public.pair (id) not valid");
        tables.onTarget("create trigger later after insert on public.price for each row"
                + " execute function public.keeps_nothing()");
        tables.onTarget("grant select on public.pair to public; alter table public.pair set (fillfactor = 90)");
        tables.world.target().execute("shop", "vacuum full public.price");
        tables.world.target().execute("shop", "vacuum freeze");
        tables.world.target().execute("shop", "analyze");

        assertThat(tables.reason("cutover")).isEqualTo("allowed");
    }

    @Test
    void columnsThatAreAddedOnBothSidesWithoutADefaultAreNoDoubt() {
        tables.onTarget("alter table public.growing add plain text");
        assertThat(tables.reason("cutover")).isEqualTo("allowed");
        tables.onSource("alter table public.growing add plain text");
        assertThat(tables.reason("cutover")).isEqualTo("allowed");

        tables.onSource("alter table public.growing add early int, add also int");
        assertThat(tables.reason("cutover")).contains("shop on the source: ", "columns were added to public.growing");
        tables.onTarget("alter table public.growing add early int, add also int");
        assertThat(tables.reason("cutover")).isEqualTo("allowed");
    }

    /** Rows that arrived in between have another value than those that were there on the side that sent them. */
    @Test
    void columnsThatAreAddedWithADefaultAreADoubtOfTheirOwn() {
        tables.onTarget("alter table public.growing add later int");
        tables.onTarget("alter table public.growing alter later set default 7");
        tables.onSource("insert into public.growing (id) values (9)");
        tables.arrived("select count(*) from public.growing where later = 7");
        tables.onTarget("alter table public.growing alter later drop default");
        tables.onSource("alter table public.growing add later int");

        assertThat(tables.reason("cutover")).contains("shop on the target: ", "columns of public.growing were changed");
        tables.onTarget("update public.growing set later = null");
        tables.verifiedAndAllowed();

        tables.onTarget("alter table public.growing add counted int default 5");
        tables.onSource("alter table public.growing add counted int default 6");
        assertThat(tables.reason("cutover"))
                .contains("shop on the source: ", "columns were added to public.growing", "with a default");
        tables.onTarget("update public.growing set counted = 6");
        tables.verifiedAndAllowed();
    }

    @FunctionalInterface
    private interface AlteredSide {
        void run(String statements);
    }
}
