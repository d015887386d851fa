package dev.upshift.postgres.internal.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.sequence.Sequences;
import dev.upshift.postgres.sequence.Sequences.Reading;
import dev.upshift.postgres.sequence.Sequences.SequenceMissing;
import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.postgres.sequence.Sequences.Settled;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

@ExtendWith(SharedServers.class)
class SequencesIT {

    private final Sequences sequences = new ServerSequences();

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void readsEverySequenceExactly(int major) {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, """
                create schema "Sales 2";
                create sequence "Sales 2"."Order ""No" as smallint;
                select setval('"Sales 2"."Order ""No"', 32700);
                create sequence down increment -5 maxvalue -5 minvalue -1000;
                select nextval('down'), nextval('down');
                create sequence fresh start 42 cache 7;
                create sequence rewound;
                select setval('rewound', 77, false);
                create sequence round minvalue 0 maxvalue 3 cycle;
                create table item (id int generated always as identity, tag bigserial);
                insert into item default values;
                create sequence giant minvalue -9223372036854775808;
                select setval('giant', -9223372036854775808);
                create temporary sequence gone;
                create schema upshift;
                create sequence upshift.ours cache 7;
                """);

        try (PostgresSession session = SharedServers.open(major, database)) {
            assertThat(sequences.read(session))
                    .containsExactly(
                            value("Sales 2", "Order \"No", 32700, true, 1, 1, 32767),
                            value("public", "down", -10, true, -5, -1000, -5),
                            value("public", "fresh", 42, false, 1, 1, Long.MAX_VALUE),
                            value("public", "giant", Long.MIN_VALUE, true, 1, Long.MIN_VALUE, Long.MAX_VALUE),
                            value("public", "item_id_seq", 1, true, 1, 1, Integer.MAX_VALUE),
                            value("public", "item_tag_seq", 1, true, 1, 1, Long.MAX_VALUE),
                            value("public", "rewound", 77, false, 1, 1, Long.MAX_VALUE),
                            new SequenceValue("public", "round", 0, false, 1, 0, 3, true));
            assertThat(sequences.cached(session)).containsExactly("public.fresh");
            assertThat(sequences.defined(session))
                    .containsExactly(
                            value("Sales 2", "Order \"No", 1, false, 1, 1, 32767),
                            value("public", "down", -5, false, -5, -1000, -5),
                            value("public", "fresh", 42, false, 1, 1, Long.MAX_VALUE),
                            value("public", "giant", Long.MIN_VALUE, false, 1, Long.MIN_VALUE, Long.MAX_VALUE),
                            value("public", "item_id_seq", 1, false, 1, 1, Integer.MAX_VALUE),
                            value("public", "item_tag_seq", 1, false, 1, 1, Long.MAX_VALUE),
                            value("public", "rewound", 1, false, 1, 1, Long.MAX_VALUE),
                            new SequenceValue("public", "round", 0, false, 1, 0, 3, true));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 17, 18})
    void readsAgainWhateverHasBecomeOfThem(int major) {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, """
                create schema "Sales: 2?";
                create sequence "Sales: 2?"."Order ""No" minvalue -5 start 3;
                create sequence called;
                select nextval('called');
                create sequence reset;
                select setval('reset', 9);
                create sequence altered;
                create sequence gone;
                do $$ begin for i in 1..250 loop execute format('create sequence many_%s', i); end loop; end $$""");

        try (PostgresSession session = SharedServers.open(major, database);
                PostgresSession beside = SharedServers.open(major, database)) {
            Reading reading = sequences.prepare(List.of(session, beside));
            for (String change : List.of(
                    "select 1",
                    "select nextval('called')",
                    "select setval('many_1', 50, false), setval('many_101', 51, false), setval('many_250', 52, false)",
                    "select nextval('many_2')",
                    "select setval('\"Sales: 2?\".\"Order \"\"No\"', -4, false)",
                    "select setval('reset', 4, false)",
                    "alter sequence called restart",
                    "alter sequence altered increment 5 cycle",
                    "drop sequence gone",
                    "create sequence gone start 7",
                    "alter sequence many_3 rename to renamed",
                    "alter sequence called rename to between; alter sequence reset rename to called;"
                            + " alter sequence between rename to reset; select nextval('called'), setval('reset', 77)")) {
                SharedServers.of(major).execute(database, change);
                assertThat(reading.values()).as(change).containsExactlyElementsOf(sequences.read(session));
            }
        }
    }

    /** What was prepared is gone with its session; what was read before must not be taken for what is there now. */
    @ParameterizedTest
    @CsvSource({"13, true", "13, false", "17, true", "17, false"})
    void readsWhatIsThereOrNothingOnceASessionWasEnded(int major, boolean firstIsEnded) {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, "create sequence moving; create sequence fresh");

        try (PostgresSession session = SharedServers.open(major, database);
                PostgresSession beside = SharedServers.open(major, database)) {
            Reading reading = sequences.prepare(List.of(session, beside));
            assertThat(reading.values()).hasSize(2);
            int ended = (firstIsEnded ? session : beside).backendPid();
            SharedServers.of(major)
                    .execute(
                            database,
                            "select nextval('moving'), nextval('fresh'), pg_terminate_backend(%d)".formatted(ended));
            await().until(() -> SharedServers.of(major)
                    .value(database, "select count(*) from pg_stat_activity where pid = " + ended)
                    .equals("0"));

            for (int time = 1; time <= 2; time++) {
                if (firstIsEnded) {
                    assertThatThrownBy(reading::values).isInstanceOf(DataAccessException.class);
                } else {
                    assertThat(reading.values())
                            .containsExactlyInAnyOrder(
                                    value("public", "moving", 1, true, 1, 1, Long.MAX_VALUE),
                                    value("public", "fresh", 1, true, 1, 1, Long.MAX_VALUE));
                }
            }
        }
    }

    /** On a side that nobody uses something moves them all the same. */
    @ParameterizedTest
    @ValueSource(ints = {13, 17, 18})
    void tellsWhereTheyStandWhateverMovedThem(int major) {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, """
                create schema "Sales: 2?";
                create sequence "Sales: 2?"."Order ""No" minvalue -5 start 3;
                create table item (id serial, tag bigint generated always as identity);
                insert into item default values;
                create sequence called;
                select setval('called', 5000);
                create sequence other""");

        try (PostgresSession session = SharedServers.open(major, database);
                PostgresSession beside = SharedServers.open(major, database)) {
            for (String change : List.of(
                    "select 1",
                    "select setval('called', 4000)",
                    "select setval('other', 3)",
                    "truncate item restart identity",
                    "alter sequence called restart",
                    "alter sequence other increment 5 cycle",
                    "alter sequence other rename to another",
                    "drop sequence called",
                    "create sequence called start 7")) {
                Settled settled = sequences.settled(beside);
                assertThat(settled.values(settled.moved()))
                        .as("before " + change)
                        .containsExactlyElementsOf(sequences.read(session));
                SharedServers.of(major).execute(database, change);
                assertThat(settled.values(settled.moved()))
                        .as(change)
                        .containsExactlyElementsOf(sequences.read(session));
            }
        }
    }

    /** Replication restarts a sequence after it was seen where it was set, and before all has arrived. */
    @ParameterizedTest
    @ValueSource(ints = {13, 17, 18})
    void seesARestartBetweenBothLooks(int major) {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, "create table item (id serial); insert into item default values");

        try (PostgresSession session = SharedServers.open(major, database)) {
            Settled settled = sequences.settled(session);
            List<SequenceValue> moved = settled.moved();
            SharedServers.of(major).execute(database, "truncate item restart identity");

            assertThat(moved).isEmpty();
            assertThat(settled.values(moved))
                    .containsExactly(value("public", "item_id_seq", 1, false, 1, 1, 2147483647));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void tellsWhetherSomebodyWasAtWorkSince(int major) throws SQLException {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, "create sequence numbers");

        try (PostgresSession session = SharedServers.open(major, database);
                Connection somebody = SharedServers.of(major).connect(database);
                Statement statement = somebody.createStatement()) {
            Settled settled = sequences.settled(session);
            assertThat(settled.isUndisturbed()).as("before it was asked").isFalse();

            settled.moved();
            assertThat(settled.isUndisturbed())
                    .as("a session that does nothing")
                    .isTrue();

            statement.execute("select setval('numbers', 7)");
            assertThat(settled.isUndisturbed()).as("a session that has set one").isFalse();

            settled.moved();
            assertThat(settled.isUndisturbed()).as("asked again").isTrue();
        }
    }

    /** It was there before, and nothing is left of it. */
    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void tellsThatASessionWasThereAndIsGone(int major) throws SQLException {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, "create sequence numbers");

        try (PostgresSession session = SharedServers.open(major, database)) {
            Settled settled = sequences.settled(session);
            try (Connection somebody = SharedServers.of(major).connect(database);
                    Statement statement = somebody.createStatement()) {
                statement.execute("select 1");
                settled.moved();
                assertThat(settled.isUndisturbed()).isTrue();
                statement.execute("select setval('numbers', 7)");
            }
            awaitAlone(major, database);

            assertThat(settled.isUndisturbed()).isFalse();
        }
    }

    /** There the number of sessions is known late. */
    @ParameterizedTest
    @ValueSource(ints = {13, 14})
    void doesNotKnowBefore15(int major) {
        String database = SharedServers.database(major);
        try (PostgresSession session = SharedServers.open(major, database)) {
            Settled settled = sequences.settled(session);
            settled.moved();
            assertThat(settled.isUndisturbed()).isFalse();
        }
    }

    private static void awaitAlone(int major, String database) {
        await().until(() -> SharedServers.of(major)
                .value("postgres", "select count(*) from pg_stat_activity where datname = '%s'".formatted(database))
                .equals("1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void tellsThatASessionCameAndIsGone(int major) {
        String database = SharedServers.database(major);

        try (PostgresSession session = SharedServers.open(major, database)) {
            Settled settled = sequences.settled(session);
            settled.moved();
            assertThat(settled.isUndisturbed()).isTrue();

            SharedServers.of(major).execute(database, "create sequence numbers");
            awaitAlone(major, database);

            assertThat(settled.isUndisturbed()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17, 18})
    void tellsThatNoneStandAnywhere(int major) {
        String database = SharedServers.database(major);
        try (PostgresSession session = SharedServers.open(major, database)) {
            Settled settled = sequences.settled(session);
            assertThat(settled.values(settled.moved())).isEmpty();
            SharedServers.of(major).execute(database, "create sequence first");
            assertThat(settled.values(settled.moved())).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void readsAgainWhereThereAreNone(int major) {
        String database = SharedServers.database(major);
        try (PostgresSession session = SharedServers.open(major, database);
                PostgresSession beside = SharedServers.open(major, database)) {
            Reading reading = sequences.prepare(List.of(session, beside));
            assertThat(reading.values()).isEmpty();
            SharedServers.of(major).execute(database, "create sequence first");
            assertThat(reading.values()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void setsWhatWasReadOnTheOtherSide(int major) {
        String from = SharedServers.database(major);
        String to = SharedServers.database(30 - major);
        String schema = """
                create sequence "Mixed Case";
                create sequence "down" increment -1;
                create sequence fresh start 5;
                create table item (id smallint generated by default as identity)""";
        SharedServers.of(major).execute(from, schema + """
                ; select setval('"Mixed Case"', 10), setval('down', -20), setval('item_id_seq', 32766)""");
        SharedServers.of(30 - major).execute(to, schema + "; select nextval('fresh')");

        try (PostgresSession source = SharedServers.open(major, from);
                PostgresSession target = SharedServers.open(30 - major, to)) {
            List<SequenceValue> values = sequences.read(source);
            sequences.set(target, values);

            assertThat(sequences.read(target)).isEqualTo(values);
            assertThat(SharedServers.of(30 - major).value(to, "select nextval('fresh')"))
                    .isEqualTo("5");
            assertThat(SharedServers.of(30 - major).value(to, "select nextval('item_id_seq')"))
                    .isEqualTo("32767");
        }
    }

    /** However many there are: the planner decides by their number how a statement is carried out. */
    @ParameterizedTest
    @CsvSource({"13, 0", "13, 1", "13, 2", "13, 1000", "17, 0", "17, 1", "17, 2", "17, 1000"})
    void setsAnyNumberAndSeesThemThere(int major, int number) {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, """
                do $$ begin
                    for number in 1..%d loop execute format('create sequence "Sequence %%s" start 7', number); end loop;
                end $$""".formatted(number));

        try (PostgresSession session = SharedServers.open(major, database)) {
            List<SequenceValue> wanted = sequences.read(session).stream()
                    .map(fresh -> value("public", fresh.name(), 5_000, true, 1, 1, Long.MAX_VALUE))
                    .toList();
            assertThat(wanted).hasSize(number);

            sequences.set(session, wanted);
            assertThat(sequences.read(session)).isEqualTo(wanted);
            assertThat(sequences.read(session, wanted)).isEqualTo(wanted);

            List<SequenceValue> some =
                    wanted.stream().limit(1).map(SequencesIT::notCalled).toList();
            sequences.set(session, some);
            assertThat(sequences.read(session, some)).isEqualTo(some);
            assertThat(sequences.read(session)).containsAll(some).hasSize(number);
        }
    }

    private static SequenceValue notCalled(SequenceValue value) {
        return value(
                value.schema(),
                value.name(),
                value.lastValue(),
                false,
                value.increment(),
                value.minimum(),
                value.maximum());
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void readsThoseThatAreNamedAndThere(int major) {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, """
                create schema other;
                create sequence one;
                create sequence two;
                create sequence other.one start 9;
                """);

        try (PostgresSession session = SharedServers.open(major, database)) {
            assertThat(sequences.read(
                            session,
                            List.of(
                                    value("other", "one", 1, true, 1, 1, 1),
                                    value("public", "two", 1, true, 1, 1, 1),
                                    value("other", "two", 1, true, 1, 1, 1))))
                    .containsExactly(
                            value("other", "one", 9, false, 1, 1, Long.MAX_VALUE),
                            value("public", "two", 1, false, 1, 1, Long.MAX_VALUE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void setsAllOrNoneAndNamesWhatIsInTheWay(int major) {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, """
                create sequence good;
                create sequence narrow as smallint;
                create table no_sequence ();
                """);

        try (PostgresSession session = SharedServers.open(major, database)) {
            List<SequenceValue> before = sequences.read(session);

            assertThatThrownBy(() -> sequences.set(
                            session,
                            List.of(
                                    value("public", "good", 500, true, 1, 1, 1000),
                                    value("public", "narrow", 40_000, true, 1, 1, 100_000),
                                    value("public", "Lost One", 1, true, 1, 1, 1000),
                                    value("public", "no_sequence", 1, true, 1, 1, 1000),
                                    value("nowhere", "s", 1, true, 1, 1, 1000))))
                    .isInstanceOf(SequenceMissing.class)
                    .hasMessageContaining("public.narrow cannot hold 40000, its range is 1 to 32767")
                    .hasMessageContaining("public.\"Lost One\" is missing")
                    .hasMessageContaining("public.no_sequence is missing")
                    .hasMessageContaining("nowhere.s is missing");

            assertThat(sequences.read(session)).isEqualTo(before);
        }
    }

    @Test
    void namesSequencesThatItMayNotSet() {
        String database = SharedServers.database(17);
        SharedServers.of(17).execute(database, """
                create sequence locked_away;
                create role sequence_clerk login password 'clerk';
                create sequence unseen;
                grant update on sequence unseen to sequence_clerk;
                """);
        Endpoint server = SharedServers.endpoint(17);
        Endpoint clerk =
                new Endpoint(server.host(), server.port(), "sequence_clerk", new Secret("clerk"), server.sslMode());

        try (PostgresSession session = SharedServers.SESSIONS.open(clerk, database, PostgresSessions.SHORT)) {
            assertThatThrownBy(
                            () -> sequences.set(session, List.of(value("public", "locked_away", 5, true, 1, 1, 1000))))
                    .isInstanceOf(SequenceMissing.class)
                    .hasMessageContaining("public.locked_away may not be set by sequence_clerk");
            assertThatThrownBy(() -> sequences.set(session, List.of(value("public", "unseen", 5, true, 1, 1, 1000))))
                    .isInstanceOf(SequenceMissing.class)
                    .hasMessageContaining("public.unseen may not be read by sequence_clerk");
            assertThat(sequences.notSettable(session)).containsExactly("public.locked_away", "public.unseen");
        }
    }

    /** The window has room for little: what is read while clients are held must not cost a round trip per sequence. */
    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void handlesThousandsAtOnce(int major) {
        String database = SharedServers.database(major);
        SharedServers.of(major)
                .execute(
                        database,
                        IntStream.range(0, 2_000)
                                .mapToObj(i -> "create sequence s" + i + "; select nextval('s" + i + "')")
                                .collect(Collectors.joining(";")));

        try (PostgresSession session = SharedServers.open(major, database)) {
            List<SequenceValue> values = sequences.read(session);
            Duration reading = time(() -> sequences.read(session));
            Duration setting = time(() -> sequences.set(
                    session, values.stream().map(value -> value.ahead(1_000)).toList()));

            assertThat(sequences.read(session))
                    .hasSize(2_000)
                    .allSatisfy(value -> assertThat(value.lastValue()).isEqualTo(1_001));
            System.out.printf(
                    "2,000 sequences on %d: read in %d ms, set in %d ms%n",
                    major, reading.toMillis(), setting.toMillis());
            assertThat(reading).isLessThan(Duration.ofSeconds(2));
            assertThat(setting).isLessThan(Duration.ofSeconds(5));
        }
    }

    private static Duration time(Runnable work) {
        long before = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - before);
    }

    private static SequenceValue value(
            String schema, String name, long last, boolean called, long increment, long minimum, long maximum) {
        return new SequenceValue(schema, name, last, called, increment, minimum, maximum, false);
    }
}
