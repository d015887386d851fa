package dev.upshift.postgres.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.schema.SchemaCopy.SchemaArchive;
import dev.upshift.postgres.schema.SchemaDrift;
import dev.upshift.postgres.schema.SchemaDrift.Difference;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Side;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is changed on one side after its schema was copied from 13 to 17 is seen and named; a mere copy is no change. */
class LaterChangesIT {

    private static CopyFixture fixture;
    private static SchemaDrift drift;

    @BeforeAll
    static void copy() {
        fixture = new CopyFixture(13, 17);
        drift = fixture.drift;
        fixture.source.execute(CopyFixture.DATABASE, CopyFixture.text("later.sql"));
        fixture.freshTarget();
        SchemaArchive archive = fixture.dump();
        fixture.restore(archive);
        fixture.copy.buildHeldBack(
                archive, CopyFixture.endpoint(fixture.target), CopyFixture.DATABASE, 2, sentence -> {});
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void eventTriggersDoNotFireOnOurStatements() {
        assertThat(fixture.target.value(CopyFixture.DATABASE, "select count(*) from public.ddl_log"))
                .isEqualTo("0");
        for (PostgresCluster side : List.of(fixture.source, fixture.target)) {
            String rows = side.value(CopyFixture.DATABASE, "select count(*) from public.ddl_log");
            try (PostgresSession ours =
                    fixture.sessions.open(CopyFixture.endpoint(side), CopyFixture.DATABASE, PostgresSessions.SHORT)) {
                ours.change()
                        .sql("create publication ours for table public.people")
                        .update();
                ours.change().sql("drop publication ours").update();
            }
            assertThat(side.value(CopyFixture.DATABASE, "select count(*) from public.ddl_log"))
                    .isEqualTo(rows);
        }
    }

    @Test
    void eachChangeIsNamedWithItsSideAndMendedByItsStatement() {
        assertThat(sentences(Side.SOURCE)).isEmpty();
        fixture.source.execute(CopyFixture.DATABASE, """
                create role newcomer login; grant select on people to newcomer;
                create index people_late on public.people (id, name);
                create function public.late_fn() returns int language sql as 'select 1';
                create view public.late_view as select id from public.people;
                alter table people add constraint late_chk check (id < 100000);
                alter table people alter name set default 'x';
                alter table people replica identity full;
                comment on table people is 'late';
                alter role all in database warehouse set work_mem = '9MB';
                grant create on database warehouse to newcomer; revoke temporary on database warehouse from public;
                create extension pg_trgm schema public;
                alter table event add column w int default 5 not null;
                alter table "ö ""q"" 'x' %I"."Tab	le" add column "W w" public.few;
                alter type state add value 'lost' after 'new';
                alter type state add value 'first' before 'new'""");

        List<String> seen = sentences(Side.SOURCE);

        String mending = "ALTER TABLE \"ö \"\"q\"\" 'x' %I\".\"Tab\tle\" ADD COLUMN \"W w\" public.few";
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "column public.event.w is missing on the target. On the target:"
                                + " ALTER TABLE public.event ADD COLUMN w integer DEFAULT 5 NOT NULL;",
                        "column ö \"q\" 'x' %I.Tab\tle.W w is missing on the target. On the target: " + mending + ";",
                        "type public.state lacks the value 'first' on the target. On the target:"
                                + " ALTER TYPE public.state ADD VALUE 'first' BEFORE 'new';",
                        "type public.state lacks the value 'lost' on the target. On the target:"
                                + " ALTER TYPE public.state ADD VALUE 'lost' AFTER 'new';",
                        "role newcomer is missing on the target.",
                        "index public.people_late is missing on the target.",
                        "function public.late_fn() is missing on the target.",
                        "view public.late_view is missing on the target.",
                        "constraint public.people.late_chk is missing on the target.",
                        "column public.people.name differs: the source has “default 'x'::text”, the target has nothing"
                                + " of the kind.",
                        "table public.people differs: the source has “replica identity full; grant SELECT to newcomer;"
                                + " comment late”, the target has “replica identity default”.",
                        "setting work_mem of all roles in database warehouse is missing on the target.",
                        "database warehouse differs: the source has “grant CREATE to newcomer”, the target has “grant"
                                + " TEMPORARY to public”.",
                        "extension pg_trgm is missing on the target.");
        assertThat(differences(Side.SOURCE).subList(0, 4)).allMatch(Difference::stopsReplication);
        assertThat(differences(Side.SOURCE).subList(4, 14)).noneMatch(Difference::stopsReplication);
        assertThat(sentences(Side.TARGET))
                .hasSize(15)
                .contains("index public.people_late is only on the source.")
                .noneMatch(sentence -> sentence.contains("newcomer is"));

        differences(Side.SOURCE).stream()
                .flatMap(difference -> difference.remedy().stream())
                .forEach(statement -> fixture.target.execute(CopyFixture.DATABASE, statement));

        assertThat(sentences(Side.SOURCE)).hasSize(10).noneMatch(sentence -> sentence.contains("ALTER"));

        fixture.target.execute(CopyFixture.DATABASE, """
                create role newcomer login; grant select on people to newcomer;
                create index people_late on public.people (id, name);
                create function public.late_fn() returns int language sql as 'select 1';
                create view public.late_view as select id from public.people;
                alter table people add constraint late_chk check (id < 100000);
                alter table people alter name set default 'x';
                alter table people replica identity full;
                comment on table people is 'late';
                alter role all in database warehouse set work_mem = '9MB';
                grant create on database warehouse to newcomer; revoke temporary on database warehouse from public;
                create extension pg_trgm schema public""");
        assertThat(sentences(Side.SOURCE)).isEmpty();
        assertThat(sentences(Side.TARGET)).isEmpty();
    }

    /** What a role may do by itself or through others decides what the application is refused after a switch. */
    @Test
    void whatRolesMayIsComparedOnServersThatKeepItInDifferentPlaces() {
        for (PostgresCluster side : List.of(fixture.source, fixture.target)) {
            side.execute(CopyFixture.DATABASE, """
                    create role readers; create role keepers; create role clerk login; create role guest login noinherit;
                    grant readers, keepers to clerk; grant readers to guest; alter role clerk bypassrls""");
        }
        assertThat(ofRoles()).isEmpty();

        fixture.target.execute(CopyFixture.DATABASE, """
                revoke readers from clerk; grant keepers to clerk with admin option; alter role clerk nobypassrls;
                grant readers to guest with inherit true""");

        assertThat(ofRoles())
                .containsExactlyInAnyOrder(
                        "role clerk differs: the source has “bypassrls; member of keepers; member of readers”, the target"
                                + " has “member of keepers with admin option”.",
                        "role guest differs: the source has “member of readers without inheriting”, the target has"
                                + " “member of readers”.");

        fixture.target.execute(CopyFixture.DATABASE, "alter role clerk superuser");
        assertThat(ofRoles()).anyMatch(sentence -> sentence.contains("the target has “superuser”"));
        for (PostgresCluster side : List.of(fixture.source, fixture.target)) {
            side.execute(CopyFixture.DATABASE, "drop role clerk, guest, readers, keepers");
        }
        assertThat(ofRoles()).isEmpty();
    }

    /** Each of them is found out after clients were moved otherwise. */
    @Test
    void whatOnlyTheFollowingSideHasIsSaidToStopTheWayBack() {
        for (PostgresCluster side : List.of(fixture.source, fixture.target)) {
            side.execute(CopyFixture.DATABASE, """
                    create table public.days (d int not null) partition by range (d);
                    create table public.days_1 partition of public.days for values from (1) to (2);
                    create table public.days_2 partition of public.days for values from (2) to (3);
                    create type public.mood as enum ('fine')""");
        }
        fixture.source.execute(CopyFixture.DATABASE, "drop table public.days_1");
        fixture.target.execute(
                CopyFixture.DATABASE,
                "alter table public.people add column more int; alter type public.mood add value 'low'");

        assertThat(stoppingTheWayBack(Side.SOURCE))
                .containsExactlyInAnyOrder(
                        "table public.days_1 is only on the target, which would stop the way back to the source",
                        "column public.people.more is only on the target, which would stop the way back to the source",
                        "type public.mood has the value 'low' only on the target, which would stop the way back to the"
                                + " source; on the source: ALTER TYPE public.mood ADD VALUE 'low' AFTER 'fine'");
        assertThat(stoppingTheWayBack(Side.TARGET)).isEmpty();

        fixture.source.execute(
                CopyFixture.DATABASE,
                "alter type public.mood add value 'low'; alter type public.mood rename value 'fine' to 'well'");
        fixture.target.execute(
                CopyFixture.DATABASE,
                "create table public.own (d int) partition by range (d);"
                        + " create table public.own_1 partition of public.own default");
        assertThat(stoppingTheWayBack(Side.SOURCE))
                .as("a partition of what is not sent")
                .hasSize(2)
                .noneMatch(text -> text.contains("own_1"));
        assertThat(sentences(Side.SOURCE))
                .contains("type public.mood lacks the value 'well' on the target. On the target:"
                        + " ALTER TYPE public.mood RENAME VALUE 'fine' TO 'well';");
        fixture.target.execute(
                CopyFixture.DATABASE, "alter type public.mood rename value 'fine' to 'well'; drop table public.own");
        assertThat(sentences(Side.SOURCE)).noneMatch(sentence -> sentence.contains("mood"));

        for (PostgresCluster side : List.of(fixture.source, fixture.target)) {
            side.execute(
                    CopyFixture.DATABASE,
                    "drop table public.days; drop type public.mood; alter table public.people drop column if exists more");
        }
    }

    private static List<String> stoppingTheWayBack(Side leader) {
        return all(leader).stream()
                .filter(Difference::stopsWayBack)
                .map(Difference::text)
                .toList();
    }

    private static List<String> ofRoles() {
        return sentences(Side.SOURCE).stream()
                .filter(sentence -> sentence.startsWith("role ") && !sentence.startsWith("role newcomer"))
                .toList();
    }

    /** A new major comes with new versions of extensions: said, and nothing to mend. */
    @Test
    void anotherVersionOfAnExtensionIsUsual() {
        assertThat(all(Side.SOURCE).stream().filter(Difference::usual))
                .allMatch(difference -> !difference.stopsReplication())
                .extracting(Difference::text)
                .contains("version of extension btree_gist differs: the source has “version 1.5”, the target has"
                        + " “version 1.7”");
    }

    private static List<String> sentences(Side leader) {
        return differences(leader).stream()
                .map(difference -> difference.sentence(leader.other(), false))
                .toList();
    }

    private static List<Difference> differences(Side leader) {
        return all(leader).stream().filter(difference -> !difference.usual()).toList();
    }

    private static List<Difference> all(Side leader) {
        try (PostgresSession source = fixture.onSource();
                PostgresSession target = fixture.onTarget()) {
            return leader == Side.SOURCE
                    ? drift.between(leader, source, target, false)
                    : drift.between(leader, target, source, false);
        }
    }
}
