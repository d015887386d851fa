package dev.upshift.verification.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.lab.LabDirectory;
import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.rows.ComparedRows;
import dev.upshift.postgres.rows.ComparedRows.ComparedTable;
import dev.upshift.postgres.rows.ComparedRows.RowKey;
import dev.upshift.postgres.rows.ComparedRows.TableSide;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import dev.upshift.shared.Waiting;
import dev.upshift.verification.Verifications.TableResult;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.internal.VerificationUnderLoadIT.PostgresModule;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * What a table's owner may have put in the way of a comparison, and rows that look alike every other time. Nothing
 * replicates here: each side is as the test makes it, and a barrier has nothing to wait for.
 */
class AdverseTablesIT {

    /** On the server, so that it does not rest while this process is busy. */
    private static final String TOGGLE = """
            do $$ begin
                loop update mallory.flags set up = not up where id = 7; commit; end loop;
            end $$""";

    private static final String UP = "select up from mallory.flags where id = 7";

    /** Code that takes every way to become a superuser which there is in a session of one, and who runs into it. */
    private static final String MALLORYS = """
            create schema authorization mallory;
            set role mallory;
            create function mallory.escalate() returns void language plpgsql as $$
            begin
                begin execute 'reset role'; exception when others then null; end;
                begin execute 'reset session authorization'; exception when others then null; end;
                begin execute 'alter role mallory superuser'; exception when others then null; end;
            end $$;
            create type mallory.mood as enum ('good', 'so so', 'bad "quoted"');
            create function mallory.to_text(m mallory.mood) returns text language plpgsql as
                $$ begin perform mallory.escalate(); return 'x'; end $$;
            create function mallory.to_number(m mallory.mood) returns bigint language plpgsql as
                $$ begin perform mallory.escalate(); return 1; end $$;
            create function mallory.of_text(t text) returns mallory.mood language plpgsql as
                $$ begin perform mallory.escalate(); return 'good'; end $$;
            create function mallory.fine(t text) returns boolean language plpgsql as
                $$ begin perform mallory.escalate(); return true; end $$;
            create domain mallory.code as text;
            create table mallory.feelings (
                who mallory.code, mood mallory.mood, number int, note text, primary key (who, mood, number));
            insert into mallory.feelings
                select 'clerk, no. ' || n, (enum_range(null::mallory.mood))[1 + n % 3], n, 'fine'
                from generate_series(1, 500) n;
            alter domain mallory.code add constraint fine check (mallory.fine(value)) not valid;
            create table mallory.moods (mood mallory.mood primary key, note text);
            insert into mallory.moods values ('good', 'a'), ('bad "quoted"', 'b');
            create table mallory.flags (id int primary key, up boolean);
            insert into mallory.flags select n, true from generate_series(1, 100) n;
            create table mallory.numbers (id bigint primary key);
            insert into mallory.numbers values (1);
            create cast (mallory.mood as text) with function mallory.to_text(mallory.mood);
            create cast (text as mallory.mood) with function mallory.of_text(text);
            create cast (mallory.mood as bigint) with function mallory.to_number(mallory.mood) as implicit;
            """;

    private static final String NUMBERS_AGAIN = """
            do $$ begin
                drop view mallory.numbers;
            exception when wrong_object_type then
                drop table mallory.numbers;
            end $$;
            create table mallory.numbers (id bigint primary key);
            insert into mallory.numbers values (1);
            """;

    private static LabDirectory directory;
    private static PostgresCluster source;
    private static PostgresCluster target;
    private static AnnotationConfigApplicationContext module;

    @BeforeAll
    static void start() {
        directory = LabDirectory.create();
        source = server(13, "adverse-source");
        target = server(17, "adverse-target");
        module = new AnnotationConfigApplicationContext(PostgresModule.class);
    }

    @AfterAll
    static void stop() {
        module.close();
        source.close();
        target.close();
        directory.close();
    }

    @Test
    void castsAndChecksOfATablesOwnerAreNotCalled() {
        target.execute("shop", """
                update mallory.feelings set note = 'lost' where number = 77;
                update mallory.moods set note = 'lost' where note = 'b'""");
        disarm();

        Map<String, TableResult> results = verify();

        assertThat(results.get("feelings").verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(results.get("feelings").note())
                .contains("1 row differ")
                .contains("who = clerk, no. 77, mood = bad \"quoted\", number = 77 has other values");
        assertThat(results.get("moods").note()).contains("the row with mood = bad \"quoted\" has other values");
        assertThat(results.get("numbers").verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(mallorysRights()).containsOnly("f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table mallory.numbers; create view mallory.numbers as select 1::bigint as id, mallory.fine('')",
                "alter table mallory.numbers alter id type mallory.mood using 'good'"
            })
    void whatIsPutInATablesPlaceMeanwhileIsNotRead(String change) {
        for (PostgresCluster cluster : List.of(source, target)) {
            try (var session = sessions().open(endpoint(cluster), "shop", PostgresSessions.SHORT)) {
                ComparedTable numbers = rows().tables(session).stream()
                        .filter(table -> table.name().table().equals("numbers"))
                        .findFirst()
                        .orElseThrow();
                TableSide side = rows().side(session, numbers, 0);
                List<RowKey> keys = List.of(new RowKey(List.of("1")));
                assertThat(side.rows(keys)).hasSize(1);
                cluster.execute("shop", change);
                try {
                    disarm();

                    assertThatThrownBy(() -> side.rows(keys)).hasMessageContaining("altered or replaced");
                    if (change.contains("view")) {
                        assertThatThrownBy(side::totals).isInstanceOf(RuntimeException.class);
                    } else {
                        assertThat(side.totals().rows()).isEqualTo(1);
                    }
                    assertThat(mallorysRights()).containsOnly("f");
                } finally {
                    cluster.execute("shop", NUMBERS_AGAIN);
                }
            }
        }
    }

    /** With the flag up on the other side for good, a look at both finds them alike every other time. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rowThatTogglesOnOneSideAndIsStuckOnTheOtherIsNeverEqual(boolean atSource) throws Exception {
        PostgresCluster toggling = atSource ? source : target;
        try (var connection = toggling.connect("shop")) {
            var toggle = connection.prepareStatement(TOGGLE);
            Thread writer = Thread.ofPlatform().start(() -> {
                try {
                    toggle.execute();
                } catch (SQLException cancelled) {
                    // as it is meant to end; had it not begun, it would not be seen below
                }
            });
            Awaitility.await("it toggles").until(() -> toggling.value("shop", UP), "f"::equals);
            Awaitility.await("to and fro").until(() -> toggling.value("shop", UP), "t"::equals);
            try {
                for (int i = 0; i < 10; i++) {
                    TableResult flags = verify().get("flags");
                    assertThat(flags.verdict()).as("%s", flags).isIn(Verdict.DIFFERENT, Verdict.FAILED);
                    assertThat(flags.note()).contains("id = 7");
                }
            } finally {
                toggle.cancel();
                writer.join();
            }
        }
        toggling.execute("shop", "update mallory.flags set up = true");
        assertThat(verify().get("flags").verdict()).isEqualTo(Verdict.EQUAL);
    }

    private static Map<String, TableResult> verify() {
        return new DatabaseComparison(
                        sessions(),
                        project(),
                        "shop",
                        new VerificationSettings(2),
                        rows(),
                        new Waiting(Clock.systemUTC()))
                .compare(database -> {}, sentence -> {}).stream()
                        .collect(Collectors.toMap(result -> result.name().table(), Function.identity()));
    }

    /** What setting the stage has done does not count. */
    private static void disarm() {
        source.execute("shop", "alter role mallory nosuperuser");
        target.execute("shop", "alter role mallory nosuperuser");
    }

    private static List<String> mallorysRights() {
        String question = "select rolsuper from pg_roles where rolname = 'mallory'";
        return List.of(source.value("shop", question), target.value("shop", question));
    }

    private static PostgresSessions sessions() {
        return module.getBean(PostgresSessions.class);
    }

    private static ComparedRows rows() {
        return module.getBean(ComparedRows.class);
    }

    private static PostgresCluster server(int major, String name) {
        PostgresCluster server =
                PostgresCluster.of(major, directory).named(name).durable(false).start();
        server.execute("postgres", "create role mallory");
        server.execute("postgres", "create database shop");
        server.execute("shop", MALLORYS);
        return server;
    }

    private static Project project() {
        return new Project(
                1,
                "shop",
                "Shop",
                new Cluster(endpoint(source), null, null, source.major()),
                new Cluster(endpoint(target), null, null, target.major()),
                List.of("shop"),
                List.of(),
                ProjectSettings.DEFAULTS,
                Phase.REPLICATING,
                Side.SOURCE,
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static Endpoint endpoint(PostgresCluster cluster) {
        return new Endpoint(
                PostgresCluster.HOST,
                cluster.port(),
                Login.UPSHIFT.user(),
                new Secret(Login.UPSHIFT.password()),
                SslMode.PREFER);
    }
}
