package dev.upshift.postgres.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.LinkObjects.Kind;
import dev.upshift.postgres.link.LinkObjects.PublishedObject;
import dev.upshift.postgres.link.LinkObjects.SubscribedObject;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.Links.SubscriptionDefinition;
import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.postgres.link.TableMark;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What both ends of a link have, on the oldest and on a new server: nothing changes without the sum changing. */
@ExtendWith(SharedServers.class)
class LinkObjectsIT {

    private static final String SCHEMA = """
            create table orders (id serial primary key, words text);
            create table "Odd ""N"" x" (id int primary key);
            create table part (id int primary key) partition by range (id);
            create table part_1 partition of part for values from (0) to (10);
            create unlogged table scratch (id int primary key);
            create schema upshift;
            create table upshift.ours (id int primary key);
            """;

    private final Links links = TestLinks.create();
    private final LinkSide old = new LinkSide(13, SCHEMA);
    private final LinkSide current = new LinkSide(18, SCHEMA);

    @AfterEach
    void removeLinks() {
        List.of(old, current).forEach(side -> side.close(links));
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void everyChangeOnThePublishingSideShowsAndIsNamed(int major) {
        LinkSide side = side(major);
        links.publish(side.session, "p", List.of(table("orders"), table("Odd \"N\" x"), table("part")));

        assertThat(links.published(side.session, "p").whole()).isTrue();
        assertThat(published(side))
                .containsExactlyInAnyOrder(
                        "orders TABLE sent",
                        "Odd \"N\" x TABLE sent",
                        "part PARTITIONED sent",
                        "part_1 TABLE sent",
                        "scratch TABLE unlogged",
                        "orders_id_seq SEQUENCE");
        Set<String> digests = new TreeSet<>();
        digests.add(digest(side));
        for (String change : List.of(
                "create table public.late (id int primary key)",
                "create sequence public.numbers",
                "create table public.part_2 partition of part for values from (10) to (20)",
                "drop table part_1; create table public.part_1 partition of part for values from (0) to (10)",
                "alter table part detach partition part_2;"
                        + " alter table part attach partition part_2 for values from (10) to (20)",
                "alter publication p drop table part; alter publication p add table part",
                "alter table part_2 set unlogged",
                "alter table orders alter column id type bigint using id * 100",
                "alter table late rename to later",
                "create schema other; alter table later set schema other",
                "drop table orders",
                "alter publication p set (publish = 'insert')",
                "alter publication p set (publish_via_partition_root = true)",
                "alter publication p set (publish_via_partition_root = false)",
                "alter publication p add table other.later")) {
            side.execute(change);
            assertThat(digests.add(digest(side))).as(change).isTrue();
        }

        assertThat(links.published(side.session, "p").whole()).isFalse();
        assertThat(published(side))
                .contains("later TABLE sent", "numbers SEQUENCE", "part_2 TABLE unlogged sent")
                .doesNotContain("orders TABLE sent");
    }

    /** Nothing of it is sent in between, and nobody copies it again: the subscriber has it as ready all the time. */
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void whatWasTakenOutAndPutBackIsSentAnotherWay(int major) {
        LinkSide side = side(major);
        links.publish(side.session, "p", List.of(table("orders"), table("part")));
        String orders = way(side, "orders");
        String partition = way(side, "part_1");
        assertThat(partition).isNotEqualTo(orders);
        for (String nothing : List.of("vacuum full pg_inherits", "vacuum freeze pg_publication_rel", "analyze part")) {
            side.execute(nothing);
        }
        assertThat(way(side, "orders")).isEqualTo(orders);
        assertThat(way(side, "part_1")).isEqualTo(partition);

        side.execute("alter table part detach partition part_1");
        assertThat(way(side, "part_1")).isNull();
        side.execute("alter table part attach partition part_1 for values from (0) to (10)");
        assertThat(way(side, "part_1")).isNotNull().isNotEqualTo(partition);
        side.execute("alter publication p drop table orders");
        side.execute("alter publication p add table orders");
        assertThat(way(side, "orders")).isNotNull().isNotEqualTo(orders);
    }

    /** What it left out meanwhile was passed over, and nothing else of this can be seen afterwards. */
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void aPublicationThatWasAlteredAndPutBackShowsAndOneThatTablesComeToDoesNot(int major) {
        LinkSide side = side(major);
        String link = side.name("link");
        links.publish(side.session, link, List.of(table("orders"), table("part")));
        links.createSlot(side.session, link);
        assertThat(links.published(side.session, link).viaRoot()).isFalse();
        SlotObservation before = observe(side, link);
        links.publish(side.session, link, List.of(table("Odd \"N\" x"), table("part")));
        for (String nothing : List.of("vacuum full pg_publication", "vacuum freeze pg_publication", "analyze")) {
            side.execute(nothing);
        }
        assertThat(observe(side, link).publishesAs(before)).isTrue();

        for (List<String> thereAndBack : List.of(
                List.of("set (publish_via_partition_root = true)", "set (publish_via_partition_root = false)"),
                List.of("set (publish = 'insert')", "set (publish = 'insert, update, delete, truncate')"))) {
            SlotObservation seen = observe(side, link);
            String digest = links.publishedDigest(side.session, link);
            thereAndBack.forEach(change -> side.execute("alter publication \"%s\" %s".formatted(link, change)));
            assertThat(observe(side, link).publishesAs(seen))
                    .as(thereAndBack.toString())
                    .isFalse();
            assertThat(links.publishedDigest(side.session, link)).isNotEqualTo(digest);
            assertThat(links.published(side.session, link).whole()).isTrue();
        }
        side.execute("alter publication \"%s\" set (publish_via_partition_root = true)".formatted(link));
        assertThat(links.published(side.session, link).viaRoot()).isTrue();
        SlotObservation seen = observe(side, link);
        links.dropPublication(side.session, link);
        SlotObservation gone = observe(side, link);
        assertThat(gone.publishesAs(seen)).isFalse();
        links.publish(side.session, link, List.of(table("orders")));
        assertThat(observe(side, link).publishesAs(gone)).isFalse();
        assertThat(observe(side, link).publishesAs(seen)).isFalse();
    }

    /** Also where all is as before again; what comes before the first slash is the publication's own. */
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void theSumOfAPublicationIsAnotherOneOnceSomethingLeftItOrItWasAltered(int major) {
        LinkSide side = side(major);
        assertThat(links.publicationDigest(side.session, "p")).isEmpty();
        links.publish(side.session, "p", List.of(table("orders"), table("part")));
        String first = links.publicationDigest(side.session, "p");
        for (String nothing : List.of(
                "create table public.late (id int primary key)",
                "vacuum full pg_publication_rel",
                "vacuum freeze pg_publication",
                "analyze")) {
            side.execute(nothing);
        }
        assertThat(links.publicationDigest(side.session, "p")).isEqualTo(first);

        Set<String> sums = new TreeSet<>(Set.of(first));
        for (String change : List.of(
                "alter publication p drop table orders; alter publication p add table orders",
                "alter table part detach partition part_1;"
                        + " alter table part attach partition part_1 for values from (0) to (10)",
                "alter publication p add table late")) {
            side.execute(change);
            String sum = links.publicationDigest(side.session, "p");
            assertThat(sums.add(sum)).as(change).isTrue();
            assertThat(own(sum)).as(change).isEqualTo(own(first));
        }
        for (String change : List.of(
                "alter publication p set (publish = 'insert')",
                "alter publication p set (publish = 'insert, update, delete, truncate')",
                "drop publication p; create publication p for table orders, part, late")) {
            side.execute(change);
            String sum = links.publicationDigest(side.session, "p");
            assertThat(sums.add(sum)).as(change).isTrue();
            assertThat(own(sum)).as(change).isNotEqualTo(own(first));
        }
    }

    private static String own(String sum) {
        return sum.substring(0, sum.indexOf('/'));
    }

    /** A filter that came and went: the entry of the table is another one. */
    @Test
    void aFilterThatWasTakenAwayAgainIsAnotherWayOfSending() {
        links.publish(current.session, "p", List.of(table("orders")));
        for (String passing : List.of("only orders where (id > 5)", "only orders (id)")) {
            String before = way(current, "orders");
            current.execute("alter publication p set table " + passing);
            current.execute("alter publication p set table only orders");
            assertThat(way(current, "orders")).as(passing).isNotNull().isNotEqualTo(before);
        }
    }

    private SlotObservation observe(LinkSide side, String link) {
        return links.observe(side.session, link).orElseThrow();
    }

    private @Nullable String way(LinkSide side, String name) {
        return links.published(side.session, "p").objects().stream()
                .filter(object -> object.name().table().equals(name))
                .findFirst()
                .orElseThrow()
                .way();
    }

    @Test
    void twoTablesThatChangeNamesShow() {
        old.execute("create table public.a (id int primary key); create table public.b (id int primary key)");
        links.publish(old.session, "p", List.of(table("a"), table("b")));
        String before = digest(old);

        old.execute("alter table a rename to c; alter table b rename to a; alter table c rename to b");

        assertThat(digest(old)).isNotEqualTo(before);
    }

    @Test
    void whatAFilterOrAListOfColumnsLeavesOutIsSaid() {
        links.publish(current.session, "p", List.of(table("orders"), table("part")));
        String before = digest(current);

        current.execute("alter publication p set table only orders (id), only \"Odd \"\"N\"\" x\" where (id > 5)");

        assertThat(published(current)).contains("orders TABLE sent in part", "Odd \"N\" x TABLE sent in part");
        assertThat(digest(current)).isNotEqualTo(before);
    }

    @Test
    void temporaryTablesAreNobodysBusiness() {
        links.publish(old.session, "p", List.of(table("orders")));
        String before = digest(old);

        old.session.jdbc().sql("create temporary table passing (id int)").update();

        assertThat(digest(old)).isEqualTo(before);
        assertThat(published(old)).noneMatch(object -> object.startsWith("passing"));
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void everyChangeOnTheSubscribingSideShowsAndIsNamed(int major) {
        LinkSide to = side(major);
        LinkSide from = major == 13 ? current : old;
        String link = from.name("link");
        links.publish(from.session, link, List.of(table("orders"), table("part")));
        links.createSlot(from.session, link);
        links.subscribe(
                to.session,
                new SubscriptionDefinition(link, from.endpoint(), from.database, link, link, true, false, true, false));
        Awaitility.await("the copy")
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        subscribed(to, link).containsAll(List.of("orders TABLE r copied", "part_1 TABLE r copied")));

        assertThat(links.subscribed(to.session, link).follows()).isTrue();
        assertThat(subscribed(to, link)).contains("scratch TABLE unlogged", "orders_id_seq SEQUENCE");
        String before = links.subscribedDigest(to.session, link);
        assertThat(links.subscribedDigest(to.session, link)).isEqualTo(before);

        to.execute("drop table part_1; create table public.part_1 partition of part for values from (0) to (10)");
        assertThat(links.subscribedDigest(to.session, link)).isNotEqualTo(before);
        assertThat(subscribed(to, link)).contains("part_1 TABLE");

        links.refresh(to.session, link, false);
        assertThat(subscribed(to, link)).contains("part_1 TABLE r");
    }

    /** None of these is replicated. */
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void tablesWhoseColumnsWereChangedAreNamedButNotNewOnes(int major) {
        LinkSide side = side(major);
        for (String change : List.of(
                "alter table orders alter column id type bigint using id * 100",
                "alter table orders add column note text default 'x'",
                "alter table orders rename column note to remark",
                "alter table orders drop column remark",
                "alter table orders add column more int; alter table orders owner to pg_monitor")) {
            String before = links.snapshot(side.session);
            assertThat(links.rewrittenTables(side.session, before)).isEmpty();

            side.execute(change);

            assertThat(links.rewrittenTables(side.session, before)).as(change).containsExactly(table("orders"));
        }
        side.execute("alter table orders owner to current_user");
        String before = links.snapshot(side.session);
        List.of(
                        "create table late (id int primary key)",
                        "create index on orders (words)",
                        "truncate orders",
                        "vacuum full orders",
                        "analyze")
                .forEach(side::execute);
        side.session.jdbc().sql("create temporary table passing (id int)").update();
        assertThat(links.rewrittenTables(side.session, before)).isEmpty();
    }

    /** Of most of it neither the publication nor the slot shows anything. */
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void marksAreReadByARoleThatIsNoSuperuser(int major) {
        LinkSide side = side(major);
        String role = side.name("plain");
        List<TableMark> marks = links.marks(side.session);
        side.execute("create role \"%s\"".formatted(role));
        try {
            side.session.change().sql("set role \"%s\"".formatted(role)).update();

            assertThat(links.marks(side.session)).isEqualTo(marks);
        } finally {
            side.session.change().sql("reset role").update();
            side.execute("drop role \"%s\"".formatted(role));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void marksShowWhatIsNotSentAndNothingElse(int major) {
        LinkSide side = side(major);
        side.execute(
                "create table public.bare (id int primary key); create table public.spare (id int primary key, words text)");
        links.publish(side.session, "p", List.of(table("orders"), table("part")));
        TableMark begun = mark(side, "orders");
        List<String> nothing = List.of(
                "vacuum full pg_class",
                "vacuum full pg_attribute",
                "vacuum full pg_type",
                "vacuum freeze",
                "analyze",
                "create index late on orders (words)",
                "reindex table orders",
                "grant select on orders to public",
                "alter table orders set (fillfactor = 90)",
                "alter publication p add table bare");
        nothing.forEach(side::execute);
        assertThat(mark(side, "orders")).isEqualTo(begun);

        for (String sent : List.of("vacuum full orders", "cluster orders using orders_pkey", "truncate orders")) {
            TableMark before = mark(side, "orders");
            side.execute(sent);
            TableMark now = mark(side, "orders");
            assertThat(now.file()).as(sent).isNotEqualTo(before.file());
            assertThat(now)
                    .as(sent)
                    .isEqualTo(new TableMark(
                            before.name(),
                            before.oid(),
                            false,
                            now.file(),
                            before.toast(),
                            before.named(),
                            before.columns(),
                            before.triggers(),
                            "",
                            before.added()));
        }

        TableMark logged = mark(side, "part_1");
        side.execute("alter table part_1 set unlogged");
        assertThat(mark(side, "part_1").unlogged()).isTrue();
        side.execute("alter table part_1 set logged");
        assertThat(mark(side, "part_1").file()).isNotEqualTo(logged.file());

        TableMark spare = mark(side, "spare");
        assertThat(spare.file()).as("as it was made").isEqualTo(spare.oid());
        assertThat(mark(side, "part_1").file()).isNotEqualTo(logged.oid());
        side.execute("alter table spare set unlogged");
        side.execute("alter table spare set logged");
        assertThat(mark(side, "spare").toast()).isNotZero().isNotEqualTo(spare.toast());

        TableMark named = mark(side, "orders");
        side.execute("alter table orders rename to away");
        assertThat(links.marks(side.session)).anyMatch(mark -> mark.name().equals(table("away")));
        side.execute("alter table away rename to orders");
        assertThat(mark(side, "orders").named()).isNotEqualTo(named.named());

        TableMark typed = mark(side, "orders");
        side.execute("alter table orders alter column id type bigint using id * 100");
        assertThat(mark(side, "orders").columns()).isNotEqualTo(typed.columns());

        side.execute("alter table orders add column note int default 5");
        TableMark added = mark(side, "orders");
        side.execute("vacuum full orders");
        assertThat(mark(side, "orders").columns()).isNotEqualTo(added.columns());
        assertThat(links.marks(side.session))
                .noneMatch(mark -> mark.name().schema().equals("upshift"));
    }

    /** And only as long as they are as they came. */
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void columnsThatWereAddedAreToldFromOthers(int major) {
        LinkSide side = side(major);
        side.execute("create domain public.counted as int default 5");
        for (String table : List.of("orders", "part", "part_1")) {
            TableMark before = mark(side, table);
            String whole = table.equals("part_1") ? "part" : table;
            side.execute("alter table %s add one int, add other numeric(5, 2)".formatted(whole));
            TableMark now = mark(side, table);
            assertThat(hasOnlyGrown(before, now)).as(table).isTrue();
            assertThat(now.added().columns()).as(table).containsExactly("one integer", "other numeric(5,2)");
            assertThat(now.added().empty()).as(table).isTrue();
            side.execute("alter table %s drop one, drop other".formatted(whole));
        }
        for (String filled : List.of("int default 5", "counted", "timestamp default now()")) {
            TableMark before = mark(side, "orders");
            side.execute("alter table orders add more " + filled);
            assertThat(hasOnlyGrown(before, mark(side, "orders"))).as(filled).isTrue();
            assertThat(mark(side, "orders").added().empty()).as(filled).isFalse();
            side.execute("alter table orders drop more");
        }
        for (String done : List.of(
                "alter more set default 7",
                "rename more to away",
                "alter more type bigint",
                "drop more",
                "add less int",
                "add less int generated always as identity")) {
            side.execute("alter table orders drop if exists more, drop if exists less, drop if exists away");
            TableMark before = mark(side, "orders");
            side.execute("alter table orders add more int");
            side.execute("alter table orders " + done);
            assertThat(hasOnlyGrown(before, mark(side, "orders"))).as(done).isFalse();
        }
    }

    private static boolean hasOnlyGrown(TableMark before, TableMark now) {
        return now.hasOnlyGrown(before.columns(), before.file());
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void triggersThatWereAlteredShowAndThoseThatWereMadeDoNot(int major) {
        LinkSide side = side(major);
        side.execute("create function public.nothing() returns trigger language plpgsql as 'begin return null; end'");
        String none = mark(side, "orders").triggers();
        for (String table : List.of("orders", "part")) {
            side.execute(
                    "create trigger late before insert on %s for each row execute function nothing()".formatted(table));
        }
        side.execute("create table public.referring (id int references orders)");
        side.execute("vacuum full pg_trigger");
        side.execute("vacuum freeze");
        for (String table : List.of("orders", "part", "part_1")) {
            assertThat(mark(side, table).triggers()).as(table).isEqualTo(none);
        }
        for (String table : List.of("orders", "part_1")) {
            String before = mark(side, table).triggers();
            side.execute("alter table %s enable replica trigger late".formatted(table));
            String firing = mark(side, table).triggers();
            side.execute("alter table %s enable trigger late".formatted(table));
            assertThat(mark(side, table).triggers())
                    .as(table)
                    .isNotEqualTo(firing)
                    .isNotEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void vacuumFullLeavesNoToastWhereTheLastLongColumnWasDropped(int major) {
        LinkSide side = side(major);
        side.execute("create table public.spare (id int primary key, words text)");
        side.execute("alter table spare drop column words");
        TableMark before = mark(side, "spare");
        side.execute("truncate spare");
        assertThat(mark(side, "spare").toast()).isNotZero().isEqualTo(before.toast());
        side.execute("vacuum full spare");
        assertThat(mark(side, "spare").toast()).isZero();
        assertThat(mark(side, "spare").columns()).isEqualTo(before.columns());
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void filesAreAPartOfTheSumOfTheirOwn(int major) {
        LinkSide side = side(major);
        side.execute("create materialized view public.seen as select 1 as one");
        for (boolean published : List.of(false, true)) {
            if (published) {
                links.publish(side.session, "p", List.of(table("orders"), table("part")));
            }
            for (String everyday : List.of(
                    "truncate orders",
                    "vacuum full orders",
                    "reindex table orders",
                    "refresh materialized view public.seen",
                    "alter table part_1 set unlogged; alter table part_1 set logged")) {
                String before = digest(side);
                side.execute(everyday);
                assertThat(digest(side)).as(everyday).isNotEqualTo(before);
                assertThat(withoutFiles(digest(side))).as(everyday).isEqualTo(withoutFiles(before));
            }
        }
        String before = digest(side);
        side.execute("create table public.late (id int primary key)");
        assertThat(withoutFiles(digest(side))).isNotEqualTo(withoutFiles(before));
    }

    private static String withoutFiles(String digest) {
        return digest.substring(0, digest.lastIndexOf('/'));
    }

    private TableMark mark(LinkSide side, String name) {
        return links.marks(side.session).stream()
                .filter(mark -> mark.name().equals(table(name)))
                .findFirst()
                .orElseThrow();
    }

    /** Neither does it make old changes new, nor is what it changes itself overlooked. */
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void aTransactionThatIsOpenMeanwhileIsLookedAtByWhatItChanges(int major) {
        LinkSide side = side(major);
        try (PostgresSession open = SharedServers.open(major, side.database)) {
            String before = open.inTransaction(() -> {
                open.jdbc()
                        .sql("select pg_current_xact_id()::text")
                        .query(String.class)
                        .single();
                side.execute("alter table orders add column earlier int");
                String snapshot = links.snapshot(side.session);
                assertThat(links.rewrittenTables(side.session, snapshot)).isEmpty();
                open.jdbc()
                        .sql("alter table public.orders add column later int")
                        .update();
                return snapshot;
            });

            assertThat(links.rewrittenTables(side.session, before)).containsExactly(table("orders"));
        }
    }

    @Test
    void whatIsGoneIsSaidToBeGone() {
        assertThat(links.published(old.session, "none").whole()).isFalse();
        assertThat(links.subscribed(old.session, "none").oid()).isZero();
        assertThat(links.subscribed(old.session, "none").objects()).isNotEmpty();
        assertThat(links.observe(old.session, "none")).isEmpty();
    }

    private LinkSide side(int major) {
        return major == 13 ? old : current;
    }

    private String digest(LinkSide side) {
        return links.publishedDigest(side.session, "p");
    }

    private List<String> published(LinkSide side) {
        return links.published(side.session, "p").objects().stream()
                .map(LinkObjectsIT::words)
                .toList();
    }

    private Set<String> subscribed(LinkSide side, String link) {
        return links.subscribed(side.session, link).objects().stream()
                .map(LinkObjectsIT::words)
                .collect(Collectors.toSet());
    }

    private static String words(PublishedObject object) {
        return words(object.name(), object.kind(), object.unlogged())
                + (object.sent() ? " sent" : "")
                + (object.inPart() ? " in part" : "");
    }

    private static String words(SubscribedObject object) {
        return words(object.name(), object.kind(), object.unlogged())
                + (object.letter() == null ? "" : " " + object.letter())
                + (object.copied() == null ? "" : " copied");
    }

    private static String words(TableName name, Kind kind, boolean unlogged) {
        return name.table() + " " + kind + (unlogged ? " unlogged" : "");
    }

    private static TableName table(String name) {
        return new TableName("public", name);
    }
}
