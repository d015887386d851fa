package dev.upshift.switchover.internal.check.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Proves;
import dev.upshift.check.RealSides;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.catalog.UnqualifiedCalls;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.SubscriberRoom;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.Side;
import dev.upshift.transfer.internal.copy.ReplicateBench;
import dev.upshift.verification.Verifications;
import dev.upshift.verification.internal.procedure.VerifyingBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is not carried, and what would stop replication in either direction, between 13 and 18. */
@ExtendWith(SharedServers.class)
class CarriedRowsIT {

    private static final Verifications NOTHING_COMPARED = ExamplePorts.missing(Verifications.class);

    @Test
    @Proves({"replica-identity", "identity-full-types"})
    void identityIsJudgedForBothDirectionsAndBothMajors() {
        SwitchSides sides = new SwitchSides("create table plain (id int primary key, j json)");
        String database = sides.database();
        sides.passes(Side.SOURCE, "replica-identity");
        sides.passes(Side.SOURCE, "identity-full-types");
        sides.both("""
                create table positions (id int primary key deferrable initially deferred, pos int);
                create table gen_key (n int not null, half int generated always as (n * 10) stored primary key);
                create table gen_full (a int, b int, s int generated always as (a + b) stored);
                alter table gen_full replica identity full;
                create table "Json" (a int, j json[]);
                alter table "Json" replica identity full;
                create table parts (id int not null, at int not null) partition by range (at);
                create table leaf partition of parts for values from (0) to (9);
                alter table parts replica identity full;
                create table "One Side" (a int not null, b int primary key);
                create unique index one_side_a on "One Side" (a);
                create table later (a int);
                """);
        sides.onSource("""
                alter table "One Side" replica identity using index one_side_a;
                alter table later replica identity full""");

        for (boolean replicate : List.of(false, true)) {
            assertThat(reason(sides, replicate, "replica-identity", false))
                    .contains(
                            database + " on the source: public.positions: its primary key is deferrable",
                            "ALTER TABLE public.positions REPLICA IDENTITY FULL",
                            database + " on the source: public.gen_key: its key has the generated column half, which is"
                                    + " not published, so the target stops applying",
                            database + " on the target: public.gen_full: REPLICA IDENTITY FULL takes in the generated"
                                    + " column s",
                            database + " on the source: public.leaf: it has neither a primary key",
                            database + " on the target: public.later, public.leaf: it has neither a primary key",
                            database
                                    + " on the target: public.One Side: rows are found there by b, but the source sends"
                                    + " only a",
                            "set the same REPLICA IDENTITY for public.\"One Side\" on both sides")
                    .doesNotContain("public.plain", "public.parts:", "source: public.gen_full", "source: public.later");
            assertThat(reason(sides, replicate, "identity-full-types", false))
                    .contains(
                            database + " on the target: public.Json: rows are found there by all their columns, and no"
                                    + " server can compare j (json[])",
                            database + " on the source: public.Json");
        }

        // what the guard is about: the server's own words
        sides.onTarget("insert into gen_full values (1, 2); create publication p for table gen_full");
        assertThatThrownBy(() -> sides.onTarget("update gen_full set a = 2"))
                .hasStackTraceContaining("Replica identity must not contain unpublished generated columns");
        sides.onTarget("drop publication p");
        assertThat(sides.reason(Side.SOURCE, "identity-full-types", true, Acceptance.IDENTITY_FULL_TYPES))
                .startsWith("Accepted for this project: ");
    }

    /** None, one, one that is accepted, and many, on a side each. */
    @Test
    @Proves("always-triggers")
    void triggersThatFireForWhatReplicationBringsAreNamedAndTheRemedyHelps() {
        SwitchSides sides = new SwitchSides("""
                create function note() returns trigger language plpgsql as 'begin return null; end';
                do $$ begin
                    for number in 1..2000 loop
                        execute format('create table %1$I (id int primary key); create trigger audit after insert on %1$I'
                            || ' for each row execute function note()', 't' || to_char(number, 'FM0000'));
                    end loop;
                end $$""");
        String database = sides.database();
        for (boolean replicate : List.of(false, true)) {
            assertThat(reason(sides, replicate, "always-triggers", true))
                    .isEqualTo("No trigger fires for what replication brings.");
        }

        sides.onSource("alter table t0007 enable always trigger audit");
        for (String found : List.of(
                sides.reason(Side.SOURCE, "always-triggers", false),
                sides.reason(Side.TARGET, "always-triggers", false),
                reason(sides, true, "always-triggers", false))) {
            assertThat(found)
                    .startsWith(database + " on the source: audit on public.t0007, which is ENABLE ALWAYS, fires")
                    .contains("ALTER TABLE public.t0007 ENABLE TRIGGER audit, on both sides")
                    .doesNotContain("on the target:");
        }
        assertThat(sides.reason(Side.SOURCE, "always-triggers", true, Acceptance.ALWAYS_TRIGGERS))
                .startsWith("Accepted for this project: " + database + " on the source: audit on public.t0007");

        sides.onTarget("""
                do $$ begin
                    for number in 1..2000 loop
                        execute format('alter table %I enable replica trigger audit', 't' || to_char(number, 'FM0000'));
                    end loop;
                end $$""");
        sides.onSource("ALTER TABLE public.t0007 ENABLE TRIGGER audit");
        assertThat(sides.reason(Side.SOURCE, "always-triggers", false))
                .startsWith(database + " on the target: audit on public.t0001, ")
                .contains(
                        "audit on public.t0005 and 1995 more, which are ENABLE REPLICA, fire",
                        "ALTER TABLE public.t0001 DISABLE TRIGGER audit, and likewise for the others")
                .doesNotContain("on the source:");
    }

    /** Only 16 and newer apply as the table's owner. */
    @Test
    @Proves("row-security")
    void rowSecurityThatIsForcedOnTheOwnerIsNamedAndTheRemedyHelps() {
        SwitchSides sides = new SwitchSides("create table guarded (id int primary key)");
        sides.passes(Side.SOURCE, "row-security");
        String owner = "owner_" + sides.database();
        sides.both("""
                create role %s; alter table guarded owner to %1$s;
                alter table guarded enable row level security; alter table guarded force row level security""".formatted(owner));

        Finding forced = sides.finding(Side.SOURCE, "row-security");
        assertThat(forced.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
        assertThat(forced.objects()).containsExactly("public.guarded");
        assertThat(forced.reason()).contains("row security is forced on the owner (" + owner + ") of public.guarded");
        assertThat(forced.remedy()).contains("ALTER TABLE … NO FORCE ROW LEVEL SECURITY there");
        sides.onTarget("alter table guarded no force row level security");
        sides.passes(Side.SOURCE, "row-security");
    }

    @Test
    @Proves({"not-carried", "materialized-views"})
    void whatIsNotCarriedIsNamedAndHasToBeAccepted() throws IOException {
        SwitchSides sides = new SwitchSides("create table plain (id int primary key)");
        String database = sides.database();
        sides.passes(Side.SOURCE, "materialized-views");
        assertThat(sides.reason(Side.SOURCE, "not-carried", true)).contains("has nothing that is not");
        assertThat(reason(sides, VerifyingBench.verify(NOTHING_COMPARED), "not-carried", true))
                .isEqualTo("The source has nothing that is not carried.");
        for (Side side : Side.values()) {
            addExtension(sides.cluster(side));
            sides.on(side, """
                    create schema geo;
                    create extension georef with schema geo;
                    create unlogged table empty (id int);
                    create publication "%s" for table plain""".formatted(sides.link()));
        }
        assertThat(sides.reason(Side.SOURCE, "not-carried", true)).contains("has nothing that is not");
        sides.onSource("""
                insert into geo.geo_ref_sys values (100001, 'mine'), (100002, 'mine too');
                insert into geo.geo_cache (note) values ('a');
                select lo_from_bytea(0, 'abc'), lo_from_bytea(0, 'def');
                create unlogged table cache (id int);
                insert into cache select generate_series(1, 50);
                create unlogged table by_part (id int) partition by range (id);
                create table part partition of by_part for values from (0) to (9);
                insert into by_part values (1);
                analyze cache; analyze part;
                create publication others for all tables""");

        for (String seen : List.of(
                sides.reason(Side.SOURCE, "not-carried", false),
                reason(sides, true, "not-carried", true),
                reason(sides, VerifyingBench.verify(NOTHING_COMPARED), "not-carried", true),
                sides.reason(Side.SOURCE, "not-carried", true, Acceptance.NOT_CARRIED))) {
            assertThat(seen)
                    .contains(
                            database + " on the source: this is not carried: 2 large objects (",
                            "2 unlogged tables: public.cache (about 50 rows, 8.2 kB), public.part (about 1 row, ",
                            "2 tables of extensions: geo.geo_cache of georef (1 row, ",
                            "geo.geo_ref_sys of georef (2 rows, ",
                            "1 sequence of an extension: geo.geo_cache_id_seq of georef",
                            "1 publication of others: others.");
        }
        assertThat(sides.reason(Side.TARGET, "not-carried", true))
                .isEqualTo("The target has nothing that is not carried.");
        sides.onSource("create materialized view totals as select count(*) from plain");
        assertThat(sides.finding(Side.SOURCE, "materialized-views").place()).isEqualTo(Place.on(Side.SOURCE, database));
        assertThat(sides.reason(Side.SOURCE, "materialized-views", true))
                .startsWith(database
                        + " on the source: it has 1 materialized view: public.totals; on the target their content");
    }

    private static String reason(SwitchSides sides, boolean replicate, String guard, boolean allowed) {
        return replicate
                ? reason(
                        sides,
                        ReplicateBench.replicate(
                                RealSides.bean(SubscriberRoom.class), RealSides.bean(UnqualifiedCalls.class)),
                        guard,
                        allowed)
                : sides.reason(Side.SOURCE, guard, allowed);
    }

    private static String reason(SwitchSides sides, Procedure procedure, String guard, boolean allowed) {
        GuardResult result = procedure.examine(sides.project(Side.SOURCE), sides.ports()).guards().stream()
                .filter(asked -> asked.guard().equals(guard))
                .findFirst()
                .orElseThrow();
        assertThat(result.allowed()).as(result.reason()).isEqualTo(allowed);
        return result.reason();
    }

    /** A stand-in for extensions that own tables, registered and not. */
    private static void addExtension(PostgresCluster cluster) throws IOException {
        Path folder = Path.of(
                cluster.value("postgres", "select setting from pg_config where name = 'SHAREDIR'"), "extension");
        Files.writeString(folder.resolve("georef.control"), "default_version = '1.0'\nrelocatable = false\n");
        Files.writeString(folder.resolve("georef--1.0.sql"), """
                create table geo_ref_sys (srid int primary key, srtext text);
                insert into geo_ref_sys select g, 'built in ' || g from generate_series(2000, 2499) g;
                select pg_catalog.pg_extension_config_dump('geo_ref_sys', 'WHERE srid >= 100000 -- others');
                create table geo_cache (id serial primary key, note text);
                """);
    }
}
