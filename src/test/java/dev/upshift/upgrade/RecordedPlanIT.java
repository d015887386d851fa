package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The promise of a plan, held against what servers and poolers say that they were told: planning tells them to change
 * nothing, and a run tells them what its plan said, all of it, in this order, and nothing else.
 */
class RecordedPlanIT {

    private static final Logger log = LoggerFactory.getLogger(RecordedPlanIT.class);
    private static final Duration SOON = Duration.ofMinutes(1);
    /** Steps of a switch that are done at the same time. */
    private static final Set<String> TOGETHER = Set.of("set-sequences", "stop-link", "note-way-back");

    private static final Duration LATER = Duration.ofMinutes(4);

    /** What is sent at once, to be one transaction, the server logs one by one. */
    private static final Pattern SENT_TOGETHER = Pattern.compile("; (?=comment on subscription )");

    /** The log keeps no secret, so these are not in it: roles come with their passwords, in one transaction. */
    private static final Pattern SECRET =
            Pattern.compile("(?s)create role .*|.*upshift\\.verifiers.*|create subscription .*");

    /** What only runs write into the metadata database. */
    private static final String NOTED = """
            select concat_ws(' ',
                (select count(*) from run), (select count(*) from journal_entry),
                (select string_agg(database || md5(custom), ' ' order by database) from held_back_schema),
                (select string_agg(side || database || connection_limit, ' ' order by side) from raised_fence),
                (select string_agg(phase || serving_side || xmin::text, ' ') from project))
            """;

    private static final Pattern COMMAND = Pattern.compile(".* (PAUSE|RESUME|RELOAD)\\b.* command issued.*");

    /** Sequences that nobody knows before, whichever they are. */
    private static final String SOME = "⟨some⟩";

    @TempDir
    private Path directory;

    @Test
    void runsDoWhatTheirPlansSay() {
        try (LabWorld world = LabWorld.builder()
                        .clusters(cluster -> cluster.setting("log_statement", "all")
                                .setting("log_line_prefix", SentStatements.PREFIX)
                                .setting("log_min_messages", "warning"))
                        .poolers(pooler -> pooler.setting("admin_users", "upshift, app"))
                        .start();
                ControlPlane upshift = ControlPlane.start(directory)) {
            LedgerWriters writers = world.startWriters(8, 100);
            world.target().execute("postgres", "drop database shop with (force)"); // so that there is more to do
            // An ordinary role at the poolers: a hard fence holds for it, also when it is to probe the fenced side.
            upshift.register(ControlPlane.project(world, Login.APP, settings -> {
                settings.put("pauseBudget", "PT30S"); // a busy machine is no reason to fail
                settings.put("hardFence", true);
                return settings;
            }));
            writers.awaitAcknowledged(100, SOON);

            holds("copy-schema", upshift, world);
            aTableMoreIsAnotherPlan(upshift, world);
            holds("replicate", upshift, world);
            holds("verify", upshift, world);
            holds("rehearse", upshift, world);
            holds("cutover", upshift, world);
            holds("rollback", upshift, world);
            holds("cutover", upshift, world);
            holds("finish", upshift, world);
            writers.stop();

            assertThat(writers.errors()).isEmpty();
            world.assertNothingLost(world.target());
        }
    }

    @Test
    void aServerThatIsAwayIsSaidAtTheStepsThatNeedIt() {
        try (LabWorld world = LabWorld.builder().durable(false).start();
                ControlPlane upshift = ControlPlane.start(directory)) {
            upshift.register(ControlPlane.project(world, settings -> settings));
            world.target().stop();

            Map<String, Object> plan = upshift.plan("copy-schema");

            assertThat(plan).containsEntry("allowed", false);
            assertThat(steps(plan)).hasSize(5);
            assertThat(steps(plan).subList(0, 4))
                    .allSatisfy(step -> assertThat(String.valueOf(step.get("gap")))
                            .startsWith("Not known to the end: Nothing accepts connections at " + PostgresCluster.HOST
                                    + ":" + world.target().port()));
            assertThat(upshift.plan("copy-schema")).containsEntry("version", plan.get("version"));
        }
    }

    private static void aTableMoreIsAnotherPlan(ControlPlane upshift, LabWorld world) {
        Object version = upshift.plan("replicate").get("version");
        world.source().execute("shop", "create table shop.one_more (id int primary key)");
        assertThat(upshift.plan("replicate").get("version")).isNotEqualTo(version);
        world.source().execute("shop", "drop table shop.one_more");
        assertThat(upshift.plan("replicate").get("version")).isEqualTo(version);
    }

    private static void holds(String procedure, ControlPlane upshift, LabWorld world) {
        List<String> before = state(world);
        String noted = upshift.metadata(NOTED);
        Map<PostgresCluster, SentStatements> planning = listening(world);
        Map<PgBouncer, Integer> commandsBefore = new LinkedHashMap<>();
        world.poolers()
                .forEach(pooler ->
                        commandsBefore.put(pooler, commands(world, pooler).size()));

        Map<String, Object> plan = upshift.plan(procedure);
        Instant begun = Instant.now();
        Map<String, Object> again = upshift.plan(procedure);
        log.info(
                "The plan of {} took {} ms",
                procedure,
                Duration.between(begun, Instant.now()).toMillis());

        assertThat(actions(again)).as("a second look at %s", procedure).isEqualTo(actions(plan));
        assertThat(again.get("version")).as("version of %s", procedure).isEqualTo(plan.get("version"));
        assertThat(state(world)).as("after planning %s", procedure).isEqualTo(before);
        assertThat(upshift.metadata(NOTED))
                .as("noted while %s was planned", procedure)
                .isEqualTo(noted);
        planning.forEach((cluster, sent) -> assertThat(sent.changing())
                .as("told to the %s while %s was planned", cluster.name(), procedure)
                .isEmpty());
        commandsBefore.forEach((pooler, count) -> assertThat(commands(world, pooler))
                .as("told to %s while %s was planned", pooler.name(), procedure)
                .hasSize(count));
        assertThat(steps(plan))
                .as("gaps of %s", procedure)
                .allSatisfy(step -> assertThat(step.get("gap"))
                        .as(String.valueOf(step.get("name")))
                        .isNull());
        assertThat(plan.toString().replace(world.directory().toString(), ""))
                .doesNotContain(Login.UPSHIFT.password(), Login.APP.password());

        if (steps(plan).stream().anyMatch(step -> "set-sequences".equals(step.get("name")))) {
            assertThat(actionsOf(plan, Set.of("set-sequences")).toString()).contains("setval", "those that outran");
        }

        Map<PostgresCluster, SentStatements> running = listening(world);
        upshift.succeed(procedure, LATER);

        running.forEach((cluster, sent) -> {
            List<String> always = planned(plan, cluster, true);
            List<String> planned = planned(plan, cluster, false);
            List<String> told = sent.changing().stream()
                    .map(statement -> always.contains(statement) ? statement : conditional(statement, planned))
                    .toList();
            Set<String> together = Set.copyOf(planned(actionsOf(plan, TOGETHER), cluster, false));
            List<String> toldInOrder = sorted(told, together);
            List<List<String>> promised = mayBeTold(planned, always).stream()
                    .map(statements -> sorted(statements, together))
                    .toList();
            assertThat(toldInOrder)
                    .as("what %s told the %s", procedure, cluster.name())
                    .containsExactlyElementsOf(promised.contains(toldInOrder) ? toldInOrder : promised.getFirst());
        });
        commandsBefore.forEach((pooler, count) -> {
            List<String> all = commands(world, pooler);
            assertThat(SentStatements.onceEach(all.subList(count, all.size())))
                    .as("what %s told %s", procedure, pooler.name())
                    .containsExactlyElementsOf(SentStatements.onceEach(planned(plan, pooler)));
        });
    }

    private static Map<PostgresCluster, SentStatements> listening(LabWorld world) {
        Map<PostgresCluster, SentStatements> logs = new LinkedHashMap<>();
        Stream.of(world.source(), world.target())
                .forEach(cluster -> logs.put(cluster, SentStatements.of(world.logs(), cluster)));
        return logs;
    }

    /** What a plan must leave alone, on both servers and beside the poolers. */
    private static List<String> state(LabWorld world) {
        List<String> state = new ArrayList<>();
        for (PostgresCluster cluster : List.of(world.source(), world.target())) {
            state.add(cluster.rows("postgres", """
                            select 'slot ' || slot_name as thing from pg_replication_slots
                            union all select 'subscription ' || subname || subenabled from pg_subscription
                            union all select 'setting ' || setdatabase || setconfig::text from pg_db_role_setting
                            union all select 'database ' || datname || datconnlimit from pg_database
                            union all select 'role ' || rolname from pg_roles
                            order by 1
                            """).toString());
            if (!cluster.value("postgres", "select count(*) from pg_database where datname = 'shop'")
                    .equals("0")) {
                state.add(cluster.rows("shop", """
                                select 'publication ' || pubname || tablename as thing from pg_publication_tables
                                union all select 'table ' || relname from pg_class
                                union all select 'schema ' || nspname from pg_namespace where nspname !~ '^pg_'
                                order by 1
                                """).toString());
            }
        }
        world.poolers().forEach(pooler -> {
            state.add(pooler.configuration());
            state.add(files(pooler.databasesIni().getParent()));
            state.add("paused " + pooler.paused());
        });
        return state;
    }

    private static String files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).sorted().toList().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commands in a pooler's log, without those of the lab. */
    private static List<String> commands(LabWorld world, PgBouncer pooler) {
        try (Stream<String> lines = Files.lines(world.logs().resolve(pooler.name() + ".log"))) {
            return lines.map(COMMAND::matcher)
                    .filter(Matcher::matches)
                    .map(line -> line.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Map<?, ?>> steps(Map<String, Object> plan) {
        List<Map<?, ?>> steps = new ArrayList<>();
        ((List<?>) plan.get("steps")).forEach(step -> steps.add((Map<?, ?>) step));
        return steps;
    }

    /**
     * The same without repetitions, and those of steps that are done at the same time in one order wherever they follow
     * each other: sorted first, for as they came two of a kind may stand side by side that a plan keeps apart.
     */
    private static List<String> sorted(List<String> statements, Set<String> together) {
        List<String> all = new ArrayList<>();
        List<String> following = new ArrayList<>();
        for (String statement : statements) {
            if (together.contains(statement)) {
                following.add(statement);
            } else {
                following.stream().sorted().forEach(all::add);
                following.clear();
                all.add(statement);
            }
        }
        following.stream().sorted().forEach(all::add);
        return SentStatements.onceEach(all);
    }

    private static List<Map<?, ?>> actionsOf(Map<String, Object> plan, Set<String> steps) {
        List<Map<?, ?>> actions = new ArrayList<>();
        steps(plan).stream()
                .filter(step -> steps.contains(String.valueOf(step.get("name"))))
                .forEach(step -> ((List<?>) step.get("actions")).forEach(action -> actions.add((Map<?, ?>) action)));
        return actions;
    }

    private static List<Map<?, ?>> actions(Map<String, Object> plan) {
        List<Map<?, ?>> actions = new ArrayList<>();
        steps(plan).forEach(step -> {
            assertThat(step.get("further")).isEqualTo(0);
            ((List<?>) step.get("actions")).forEach(action -> actions.add((Map<?, ?>) action));
        });
        return actions;
    }

    /** What the plan has for a server and is not kept out of its log; only what is always done, or all. */
    private static List<String> planned(Map<String, Object> plan, PostgresCluster cluster, boolean always) {
        return planned(actions(plan), cluster, always);
    }

    private static List<String> planned(List<Map<?, ?>> actions, PostgresCluster cluster, boolean always) {
        return actions.stream()
                .filter(action -> action.get("kind").equals("STATEMENT"))
                .filter(action -> !always || action.get("condition") == null)
                .filter(action -> String.valueOf(action.get("where")).startsWith(cluster.name() + "/"))
                .filter(action ->
                        !SECRET.matcher(String.valueOf(action.get("text"))).matches())
                .flatMap(action -> SENT_TOGETHER
                        .splitAsStream(String.valueOf(action.get("text")))
                        .map(text -> String.valueOf(action.get("where")).replaceFirst("^\\w+/", "") + ": "
                                + SentStatements.comparable(text)
                                        .replaceAll("⟨those that (moved on|outran)[^⟩]*⟩", SOME)))
                .toList();
    }

    /** The planned statement of which this is one, with values in the place of words in pointed brackets. */
    private static String conditional(String statement, List<String> planned) {
        return planned.stream()
                .filter(promised -> promised.contains(SOME))
                .filter(promised -> Arrays.stream(promised.split(SOME, -1))
                        .map(Pattern::quote)
                        .collect(Collectors.collectingAndThen(Collectors.joining("[^']*"), Pattern::compile))
                        .matcher(statement)
                        .matches())
                .findFirst()
                .orElse(statement);
    }

    /** What a plan may come to: all of it, and without each of what is done in some cases only. */
    private static List<List<String>> mayBeTold(List<String> planned, List<String> always) {
        List<List<String>> all = new ArrayList<>(List.of(List.of()));
        for (String statement : planned) {
            List<List<String>> longer = new ArrayList<>(all.stream()
                    .map(before ->
                            Stream.concat(before.stream(), Stream.of(statement)).toList())
                    .toList());
            if (!always.contains(statement)) {
                longer.addAll(all);
            }
            all = longer;
        }
        return all;
    }

    private static List<String> planned(Map<String, Object> plan, PgBouncer pooler) {
        return actions(plan).stream()
                .filter(action -> action.get("kind").equals("CONSOLE") && action.get("condition") == null)
                .filter(action -> action.get("where").equals(pooler.name()))
                .map(action -> String.valueOf(action.get("text")).split(" ", 2)[0])
                .toList();
    }
}
