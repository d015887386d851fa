package dev.upshift.pooler.internal.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.pooler.PoolerConfiguration.Entry;
import dev.upshift.pooler.PoolerConfiguration.UnmappableEntry;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IniConfigurationTests {

    private static final Endpoint SOURCE = endpoint("db-old", 5432);
    private static final Endpoint TARGET = endpoint("db-new", 5433);

    @Test
    void readsEntriesWithTheirDefaults() {
        PoolerConfiguration configuration = IniConfiguration.of("""
                ; comment
                [databases]
                shop = host=db-old port=6000 dbname=shop_v2 user=app
                bare =
                   indented=host=db-old
                a-b.c_D9 = host=db-old
                * = host=db-old
                [pgbouncer]
                listen_port = 6432
                """);

        assertThat(configuration.entries())
                .containsExactly(
                        new Entry("shop", "db-old", 6000, "shop_v2", 3, false),
                        new Entry("bare", "", 5432, "bare", 4, false),
                        new Entry("indented", "db-old", 5432, "indented", 5, false),
                        new Entry("a-b.c_D9", "db-old", 5432, "a-b.c_D9", 6, false),
                        new Entry("*", "db-old", 5432, "*", 7, true));
    }

    /** All of what a main file has at once, for each line may change how the next ones are read. */
    @Test
    void readsAndMovesAFileAsPeopleWriteIt() {
        String before = """
                ;; shop = host=db-older port=1 dbname=shop   (before)
                #shop = host=db-older
                [databases]
                ; the application
                shop=host=db-old    port=5432 dbname=shop connect_query='select ''it''''s''' application_name='x y'
                   shop_ro =   host = db-old port=5432    dbname = 'shop' pool_mode=statement user=reader
                Shop.2 = dbname=shop port=5432 host=db-old
                billing = host=db-old port=5432 dbname=billing
                %include more.ini
                [users]
                somebody = pool_mode=session
                shop = pool_mode=session
                [pgbouncer]
                listen_addr = 127.0.0.1
                [databases]
                late = host=db-old port=5432 dbname=shop auth_user=asker auth_query='select * from p.ask($1)'
                """;
        PoolerConfiguration configuration = IniConfiguration.of(before);

        assertThat(configuration.entries())
                .containsExactly(
                        new Entry("shop", "db-old", 5432, "shop", 5, false),
                        new Entry("shop_ro", "db-old", 5432, "shop", 6, false),
                        new Entry("Shop.2", "db-old", 5432, "shop", 7, false),
                        new Entry("billing", "db-old", 5432, "billing", 8, false),
                        new Entry("late", "db-old", 5432, "shop", 16, false));
        assertThat(configuration.parameter("shop_ro", "pool_mode")).contains("statement");
        List<String> moved = configuration.entriesLeadingTo(List.of(SOURCE), Set.of("shop"));
        assertThat(moved).containsExactly("shop", "shop_ro", "Shop.2", "late");
        PoolerConfiguration after = configuration.repoint(moved, TARGET);
        assertThat(after.text())
                .isEqualTo(before.replace("db-old ", "db-new ")
                        .replace("host=db-old\n", "host=db-new\n")
                        .replace("port=5432", "port=5433")
                        .replace("billing = host=db-new port=5433", "billing = host=db-old port=5432"));
        assertThat(configuration.diff(after).changedEntries()).containsExactlyElementsOf(moved);
        assertThat(configuration.diff(after).otherChanges()).isFalse();
        assertThat(after.repoint(moved, SOURCE).text()).isEqualTo(before);
    }

    @Test
    void findsTheSectionWhereverItIsAndEveryTimeItComes() {
        assertThat(names("[pgbouncer]\nx = host=db-old\n[databases] a = host=db-old\n[users]\napp = pool_mode=session\n"
                        + "[databases]\nb = host=db-old"))
                .containsExactly("a", "b");
    }

    @Test
    void takesAFileWithoutSectionsForOneThatIsIncludedInTheSection() {
        assertThat(names("a = host=db-old\n%include more.ini\nb = host=db-old\n"))
                .containsExactly("a", "b");
        assertThat(names("listen_port = 6432\n[databases]\na = host=db-old\n")).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#a = host=x", "  ;a = host=x", "; [databases]", "%include a = host=x", "\t#"})
    void leavesCommentsAndIncludesAlone(String line) {
        assertThat(names("[databases]\n" + line + "\nb = host=x\n")).containsExactly("b");
    }

    @Test
    void readsQuotedNames() {
        assertThat(names("[databases]\n'my shop' = host=db-old\n'=' = host=db-old\n"))
                .containsExactly("my shop", "=");
    }

    @Test
    void keepsEveryByteThatIsNotHostOrPort() {
        String before = "; héllo\r\n\r\n[databases]\r\n  shop\t=  host = 'db-old'  port=5432   password='a '' b' \r\n"
                + "\tother=host=elsewhere\r\n;shop = host=db-old\r\n\r\n[pgbouncer]\r\nlisten_addr=db-old   ";

        PoolerConfiguration after = IniConfiguration.of(before).repoint(List.of("shop"), TARGET);

        assertThat(after.text()).isEqualTo(before.replace("host = 'db-old'  port=5432", "host = db-new  port=5433"));
    }

    @Test
    void addsAPortWhereTheDefaultHadDone() {
        assertThat(repointed("shop = host=db-old dbname=shop")).isEqualTo("shop = host=db-new dbname=shop port=5433");
    }

    @Test
    void comesBackToTheSameEntriesAfterThereAndBack() {
        PoolerConfiguration before = IniConfiguration.of("shop = host=db-old port=5432\nb = host=db-old port=5432");

        PoolerConfiguration after = before.repoint(List.of("b", "shop"), TARGET).repoint(List.of("shop", "b"), SOURCE);

        assertThat(after.text()).isEqualTo(before.text());
        assertThat(after.hash()).isEqualTo(before.hash()).hasSize(64);
    }

    @Test
    void findsWhatLeadsToASideByHostPortAndDatabase() {
        PoolerConfiguration configuration = IniConfiguration.of("""
                shop = host=DB-OLD
                report = host=db-old dbname=shop pool_size=2
                other = host=db-old dbname=billing
                elsewhere = host=db-older dbname=shop
                port = host=db-old port=5433 dbname=shop
                spread = host=db-x,db-old dbname=shop
                shop__v = host=10.0.0.5 port=05432abc dbname=shop
                """);

        assertThat(configuration.entriesLeadingTo(List.of(SOURCE, endpoint("10.0.0.5", 5432)), Set.of("shop")))
                .containsExactly("shop", "report", "spread", "shop__v");
    }

    @Test
    void ofSeveralLinesWithOneNameTheLastCounts() {
        PoolerConfiguration configuration = IniConfiguration.of("shop = host=db-old\nshop = host=db-new port=5433\n");

        assertThat(configuration.entriesLeadingTo(List.of(SOURCE), Set.of("shop")))
                .isEmpty();
        assertThat(configuration.entriesLeadingTo(List.of(TARGET), Set.of("shop")))
                .containsExactly("shop");
        assertThatThrownBy(() -> configuration.repoint(List.of("shop"), SOURCE))
                .isInstanceOf(UnmappableEntry.class)
                .hasMessageContaining("lines 1, 2");
    }

    @Test
    void theFallbackCountsOnlyForDatabasesWithoutAnEntryOfTheirOwn() {
        assertThat(leading("* = host=db-old")).containsExactly("*");
        assertThat(leading("shop = host=db-old\n* = host=db-old")).containsExactly("shop");
        assertThat(leading("shop = host=db-old\n* = host=db-old dbname=shop")).containsExactly("shop", "*");
        assertThat(leading("* = host=db-old dbname=billing")).isEmpty();
        assertThat(leading("* = host=db-older")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop = dbname=shop",
                "shop = host=/run/postgresql",
                "shop = host=@abstract",
                "shop = host=db-old,db-older",
                "shop = host=",
                "shop = host='db-old",
                "other = host=db-old",
                "[databases]\nshop = host=db-old\n[pgbouncer]\nthis is no setting\n",
                "[databases]\nshop = host=db-old\nbad = host\n",
            })
    void refusesWhatItMustNotTouchBlindly(String text) {
        PoolerConfiguration configuration = IniConfiguration.of(text);

        assertThatThrownBy(() -> configuration.repoint(List.of("shop"), TARGET)).isInstanceOf(UnmappableEntry.class);
        assertThatThrownBy(() -> configuration.withAlias("shop", "alias", TARGET))
                .isInstanceOf(UnmappableEntry.class);
    }

    @Test
    void tellsHowToGetRidOfTheFallback() {
        assertThatThrownBy(() -> IniConfiguration.of("\n* = host=db-old").repoint(List.of("*"), TARGET))
                .isInstanceOf(UnmappableEntry.class)
                .hasMessage(
                        "The fallback entry * on line 2 leads there, for any database. Write an entry of its own for"
                                + " each database that moves.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a b", "a\nb", "", "/tmp"})
    void refusesToLeadAnEntryToWhatIsNoHost(String host) {
        PoolerConfiguration configuration = IniConfiguration.of("shop = host=db-old");

        assertThatThrownBy(() -> configuration.repoint(List.of("shop"), endpoint(host, 5432)))
                .isInstanceOf(UnmappableEntry.class);
    }

    @Test
    void addsAnAliasBehindItsOriginal() {
        PoolerConfiguration before = IniConfiguration.of("shop = host=db-old user=app\r\nother = host=x\r\n");

        PoolerConfiguration after = before.withAlias("shop", "shop__probe", TARGET);

        assertThat(after.text().split("\r\n", -1))
                .containsExactly(
                        "shop = host=db-old user=app",
                        "shop__probe = host=db-new user=app port=5433 dbname=shop",
                        "other = host=x",
                        "");
        assertThat(after.without(List.of("shop__probe")).text()).isEqualTo(before.text());
        assertThatThrownBy(() -> after.withAlias("shop", "shop__probe", TARGET)).isInstanceOf(UnmappableEntry.class);
    }

    @Test
    void addsAnAliasToAFileWithoutALastLineEnd() {
        assertThat(IniConfiguration.of("shop = host=db-old dbname='my shop'")
                        .withAlias("shop", "probe", TARGET)
                        .text())
                .isEqualTo("shop = host=db-old dbname='my shop'\nprobe = host=db-new dbname='my shop' port=5433\n");
    }

    @Test
    void takesEntriesOutWithTheirLines() {
        assertThat(IniConfiguration.of("[databases] a = host=x\n  b = host=x\nc = host=x")
                        .without(List.of("a", "b", "nope"))
                        .text())
                .isEqualTo("[databases] c = host=x");
    }

    @Test
    void aDifferenceNamesTheEntriesAndMasksPasswords() {
        PoolerConfiguration before = IniConfiguration.of(
                "[databases]\na = host=x password=geheim\nb = host=x password='ge heim'\nc = host=x\n");
        PoolerConfiguration after = IniConfiguration.of(
                "[databases]\na = host=y password=geheim\nb = host=x password='ge ''heim' port=1\nc = host=x\n");

        var diff = before.diff(after);

        assertThat(diff.changedEntries()).containsExactly("a", "b");
        assertThat(diff.otherChanges()).isFalse();
        assertThat(diff.lines())
                .containsExactly(
                        "- a = host=x password=••••",
                        "- b = host=x password=••••",
                        "+ a = host=y password=••••",
                        "+ b = host=x password=•••• port=1");
    }

    @Test
    void aDifferenceTellsEntriesThatCameAndWent() {
        var diff =
                IniConfiguration.of("[databases]\n a = host=x\n").diff(IniConfiguration.of("[databases]\nb = host=x"));

        assertThat(diff.changedEntries()).containsExactly("a", "b");
        assertThat(diff.otherChanges()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[databases]\na = host=x\n[pgbouncer]\npool_mode = session\n",
                "[databases]\n;a comment\na = host=x\n[pgbouncer]\npool_mode = transaction\n",
                "[databases]\na = host=x\n%include more.ini\n[pgbouncer]\npool_mode = transaction\n",
                "a = host=x\n[pgbouncer]\npool_mode = transaction\n",
            })
    void aDifferenceTellsWhenAnythingElseChanged(String after) {
        PoolerConfiguration before =
                IniConfiguration.of("[databases]\na = host=x\n[pgbouncer]\npool_mode = transaction\n");

        assertThat(before.diff(IniConfiguration.of(after)).otherChanges()).isTrue();
        assertThat(before.diff(before).otherChanges()).isFalse();
        assertThat(before.diff(before).lines()).isEmpty();
    }

    private static List<String> names(String text) {
        return IniConfiguration.of(text).entries().stream().map(Entry::name).toList();
    }

    private static List<String> leading(String text) {
        return IniConfiguration.of(text).entriesLeadingTo(List.of(SOURCE), Set.of("shop"));
    }

    private static String repointed(String text) {
        return IniConfiguration.of(text).repoint(List.of("shop"), TARGET).text();
    }

    private static Endpoint endpoint(String host, int port) {
        return new Endpoint(host, port, "upshift", new Secret("secret"), SslMode.PREFER);
    }
}
