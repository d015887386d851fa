package dev.upshift.check.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Finding;
import dev.upshift.check.replication.IdentityJudgement.Flaw;
import dev.upshift.check.replication.IdentityJudgement.OneSide;
import dev.upshift.check.replication.IdentityJudgement.Topic;
import dev.upshift.postgres.catalog.TableIdentity;
import dev.upshift.postgres.catalog.TableIdentity.IndexState;
import dev.upshift.postgres.catalog.TableIdentity.Setting;
import dev.upshift.shared.PostgresVersion;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdentityJudgementTests {

    private static final TableIdentity KEYED = table(Setting.DEFAULT, IndexState.USABLE, List.of("id"));

    @Test
    void aPlainPrimaryKeyIsFineOnEveryMajor() {
        assertThat(sentences(KEYED, 13, KEYED, 18)).isEmpty();
        assertThat(sentences(whole(List.of(), List.of()), 13, whole(List.of(), List.of()), 18))
                .isEmpty();
        TableIdentity chosen = new TableIdentity(
                name("t"),
                Setting.INDEX,
                IndexState.NONE,
                List.of(),
                IndexState.USABLE,
                List.of("a"),
                List.of(),
                List.of());
        assertThat(sentences(chosen, 13, chosen, 18)).isEmpty();
    }

    @Test
    void eachSideIsNamedWithItsOwnFlaw() {
        assertThat(sentences(KEYED, 13, table(Setting.DEFAULT, IndexState.DEFERRABLE, List.of()), 17))
                .containsExactly(
                        "shop on the target: public.t: it has no key by which rows are found there, so the target stops"
                                + " applying at the first UPDATE or DELETE. Remedy: give public.t the primary key or"
                                + " the index that the other side has.",
                        "shop on the target: public.t: its primary key is deferrable and therefore identifies no row for"
                                + " replication, so an UPDATE or DELETE of the application fails as soon as the target"
                                + " publishes the table. Remedy: ALTER TABLE public.t REPLICA IDENTITY FULL, or USING"
                                + " INDEX with another unique index over NOT NULL columns, or add a primary key that is"
                                + " not deferrable; on both sides.");
    }

    @Test
    void whatHasNoKeySaysWhy() {
        assertThat(alike(table(Setting.DEFAULT, IndexState.NONE, List.of())))
                .contains("neither a primary key nor another");
        assertThat(alike(table(Setting.NOTHING, IndexState.USABLE, List.of("id"))))
                .contains("REPLICA IDENTITY NOTHING");
        assertThat(alike(table(Setting.INDEX, IndexState.USABLE, List.of("id"))))
                .contains("USING INDEX was dropped", "ALTER TABLE public.t REPLICA IDENTITY DEFAULT");
        assertThat(alike(table(Setting.DEFAULT, IndexState.INVALID, List.of())))
                .contains("its primary key is not valid", "REINDEX TABLE public.t");
    }

    @Test
    void aGeneratedColumnInTheKeyIsRefusedOrNotSentByTheMajorThatPublishes() {
        TableIdentity table = new TableIdentity(
                name("t"),
                Setting.DEFAULT,
                IndexState.USABLE,
                List.of("half"),
                IndexState.NONE,
                List.of(),
                List.of("half"),
                List.of());
        assertThat(sentences(table, 13, table, 18))
                .satisfiesExactly(
                        forward -> assertThat(forward)
                                .startsWith("shop on the source: public.t: its key has the generated column half")
                                .contains("the target stops applying"),
                        back -> assertThat(back)
                                .startsWith("shop on the target: public.t")
                                .contains("of the application fails as soon as the target publishes"));
    }

    @Test
    void theWholeRowWithAGeneratedColumnIsRefusedOnlyWherePublishersAreOf18() {
        TableIdentity table = whole(List.of("s"), List.of());
        assertThat(sentences(table, 13, table, 17)).isEmpty();
        assertThat(sentences(table, 13, table, 18))
                .singleElement()
                .asString()
                .startsWith("shop on the target: public.t: REPLICA IDENTITY FULL takes in the generated column s")
                .contains("from version 18 on");
        assertThat(sentences(table, 18, table, 18)).hasSize(2);
    }

    @Test
    void rowsAreFoundByWhatIsSent() {
        TableIdentity byA = new TableIdentity(
                name("t"),
                Setting.INDEX,
                IndexState.USABLE,
                List.of("b"),
                IndexState.USABLE,
                List.of("a"),
                List.of(),
                List.of());
        TableIdentity byB = table(Setting.DEFAULT, IndexState.USABLE, List.of("b"));
        assertThat(sentences(byA, 13, byB, 17))
                .satisfiesExactly(
                        forward -> assertThat(forward)
                                .contains("on the target", "found there by b, but the source sends only a"),
                        back -> assertThat(back)
                                .contains("on the source", "found there by a, but the target sends only b"));
        TableIdentity more = table(Setting.DEFAULT, IndexState.USABLE, List.of("a", "b"));
        assertThat(sentences(more, 13, byB, 17))
                .singleElement()
                .asString()
                .contains("on the source", "found there by a, b, but the target sends only b");
    }

    @Test
    void typesWithoutEqualityAreAGuardOfTheirOwn() {
        TableIdentity table = whole(List.of(), List.of("j (json)"));
        List<Flaw> flaws = IdentityJudgement.both(
                new OneSide(Side.SOURCE, new PostgresVersion(130023), List.of(table)),
                new OneSide(Side.TARGET, new PostgresVersion(170011), List.of(table)));

        assertThat(sentences("shop", flaws, Topic.IDENTITY, false)).isEmpty();
        assertThat(sentences("shop", flaws, Topic.TYPES, false))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("shop on the target: public.t: rows are found there by all their columns, and no server can"
                        + " compare j (json)");
    }

    @Test
    void manyTablesWithOneFlawMakeOneSentence() {
        List<TableIdentity> many = IntStream.range(0, 10_000)
                .mapToObj(i -> new TableIdentity(
                        name("T " + i),
                        Setting.DEFAULT,
                        IndexState.NONE,
                        List.of(),
                        IndexState.NONE,
                        List.of(),
                        List.of(),
                        List.of()))
                .toList();
        List<Flaw> flaws = IdentityJudgement.both(
                new OneSide(Side.SOURCE, new PostgresVersion(130023), many),
                new OneSide(Side.TARGET, new PostgresVersion(170011), List.of()));
        assertThat(sentences("shop", flaws, Topic.IDENTITY, false))
                .singleElement()
                .asString()
                .contains("public.T 0, public.T 1", "and 9995 more", "ALTER TABLE public.\"T 0\" REPLICA");
    }

    private static String alike(TableIdentity table) {
        return sentences(table, 13, table, 17).getFirst();
    }

    private static List<String> sentences(
            TableIdentity source, int sourceMajor, TableIdentity target, int targetMajor) {
        List<Flaw> flaws = IdentityJudgement.both(
                new OneSide(Side.SOURCE, new PostgresVersion(sourceMajor * 10_000), List.of(source)),
                new OneSide(Side.TARGET, new PostgresVersion(targetMajor * 10_000), List.of(target)));
        return sentences("shop", flaws, Topic.IDENTITY, false);
    }

    private static TableIdentity table(Setting setting, IndexState state, List<String> key) {
        return new TableIdentity(name("t"), setting, state, key, IndexState.NONE, List.of(), List.of(), List.of());
    }

    private static TableIdentity whole(List<String> generated, List<String> withoutEquality) {
        return new TableIdentity(
                name("t"),
                Setting.FULL,
                IndexState.NONE,
                List.of(),
                IndexState.NONE,
                List.of(),
                generated,
                withoutEquality);
    }

    private static TableName name(String table) {
        return new TableName("public", table);
    }

    private static List<String> sentences(String database, List<Flaw> flaws, Topic topic, boolean fenced) {
        return IdentityFlaws.findings(database, flaws, topic, fenced).stream()
                .map(Finding::sentence)
                .toList();
    }
}
