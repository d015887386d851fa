package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.PostgresCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trigger that is ENABLE ALWAYS: what replication makes of it, and that nothing begins before it is dealt with. */
class AlwaysTriggersIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);

    private static final String AUDITED = """
            create table public.audited (id int primary key);
            create table public.audit_log (id int);
            alter table public.audit_log replica identity full;
            create function public.audit() returns trigger language plpgsql as
                'begin insert into public.audit_log values (new.id); return null; end';
            create trigger audit after insert on public.audited for each row execute function public.audit();""";

    private static final String ALWAYS = "ALTER TABLE public.audited ENABLE ALWAYS TRIGGER audit";
    private static final String REMEDY = "ALTER TABLE public.audited ENABLE TRIGGER audit";

    @TempDir
    private Path directory;

    @Test
    void nothingBeginsBeforeItIsDealtWith() throws Exception {
        try (LabWorld world = LabWorld.builder().start();
                ControlPlane upshift = ControlPlane.start(directory)) {
            world.source().execute("shop", AUDITED);
            world.source().execute("shop", ALWAYS);
            upshift.register(ControlPlane.project(world, settings -> settings));

            assertThat(refusal(upshift, "copy-schema")).contains("shop on the source: audit on public.audited", REMEDY);
            world.source().execute("shop", REMEDY);
            try (AutoCloseable _ =
                    upshift.when("copy-roles", () -> world.source().execute("shop", ALWAYS))) {
                upshift.succeed("copy-schema", SOON);
            }
            assertThat(refusal(upshift, "replicate")).contains("shop on the source: audit on public.audited", REMEDY);

            // what is held back has it as it was
            world.source().execute("shop", REMEDY);
            world.source().execute("shop", "insert into public.audited values (1)");
            int number = upshift.start("replicate");
            Map<String, Object> run = upshift.await(number, LATER);
            assertThat(run).containsEntry("status", "BLOCKED");
            assertThat(String.valueOf(run.get("outcome")))
                    .contains("shop on the target: audit on public.audited", REMEDY, "Replication rests there");
            assertThat(world.target().value("shop", "select subenabled from pg_subscription"))
                    .isEqualTo("f");
            world.source().execute("shop", "insert into public.audited values (2)");
            assertThat(world.target().value("shop", "select string_agg(id::text, ' ') from public.audit_log"))
                    .isEqualTo("1");

            world.target().execute("shop", REMEDY);
            upshift.post("/projects/shop/runs/" + number + "/continue", Map.of());
            Awaitility.await()
                    .atMost(LATER)
                    .until(() -> "SUCCEEDED"
                            .equals(upshift.get("/projects/shop/runs/" + number).get("status")));
            world.assertBothSidesEqual(SOON);

            // what the guard is about: the server's own doing
            world.target().execute("shop", ALWAYS);
            world.source().execute("shop", "insert into public.audited values (3)");
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> "2".equals(logged(world.target(), 3)) && "1".equals(logged(world.source(), 3)));
            assertThat(refusal(upshift, "cutover")).contains("shop on the target: audit on public.audited", REMEDY);
        }
    }

    /** Enabled behind the fence, after the last look before the window: what comes back would stop at its first row. */
    @Test
    void oneThatIsEnabledInTheWindowIsToldUntilItIsGone() throws Exception {
        try (LabWorld world = LabWorld.builder().source(14).target(16).start();
                ControlPlane upshift = ControlPlane.start(directory)) {
            world.source().execute("shop", AUDITED);
            upshift.register(ControlPlane.project(world, settings -> {
                settings.put("pauseBudget", "PT30S"); // a busy machine is no reason to fail
                return settings;
            }));
            upshift.succeed("copy-schema", SOON);
            upshift.succeed("replicate", LATER);

            for (String step : List.of("raise-fence", "see-way-back")) {
                int number;
                try (AutoCloseable _ = upshift.when(step, () -> behindFence(world.source(), ALWAYS))) {
                    number = upshift.start("cutover");
                    Awaitility.await(step)
                            .atMost(SOON)
                            .until(() -> upshift.journal(number)
                                    .contains(
                                            "RETRIED null µs: The way back is not ready before that is done: shop on the"
                                                    + " source: audit on public.audited, which is ENABLE ALWAYS"));
                }
                assertThat(upshift.get("/projects/shop/runs/" + number)).containsEntry("status", "RUNNING");
                world.target()
                        .execute(
                                "shop",
                                "insert into public.audited select coalesce(max(id), 0) + 1 from public.audited");
                behindFence(world.source(), REMEDY);
                assertThat(String.valueOf(upshift.await(number, SOON).get("outcome")))
                        .endsWith("The way back is ready.");
                world.assertBothSidesEqual(SOON);
                upshift.succeed("verify", SOON); // nobody can tell afterwards that the trigger has not fired
                upshift.succeed("rollback", SOON);
                world.assertBothSidesEqual(SOON);
            }
        }
    }

    /** Forced on the owner behind the fence: from 16 on what comes back is applied as the owner. */
    @Test
    void rowSecurityThatIsForcedInTheWindowIsToldUntilItIsGone() throws Exception {
        try (LabWorld world = LabWorld.builder().source(14).target(16).start();
                ControlPlane upshift = ControlPlane.start(directory)) {
            world.source().execute("shop", """
                    create role keeper;
                    create table public.kept (id int primary key);
                    alter table public.kept owner to keeper;
                    alter table public.kept enable row level security""");
            upshift.register(ControlPlane.project(world, settings -> {
                settings.put("pauseBudget", "PT30S"); // a busy machine is no reason to fail
                return settings;
            }));
            upshift.succeed("copy-schema", SOON);
            upshift.succeed("replicate", LATER);
            upshift.succeed("cutover", SOON);

            int number;
            try (AutoCloseable _ = upshift.when(
                    "raise-fence",
                    () -> behindFence(world.target(), "alter table public.kept force row level security"))) {
                number = upshift.start("rollback");
                Awaitility.await()
                        .atMost(SOON)
                        .until(() -> upshift.journal(number)
                                .contains("The way back is not ready before that is done: shop on the target: row"
                                        + " security is forced on the owner (keeper) of public.kept,"));
            }
            world.source().execute("shop", "insert into public.kept values (1)");
            behindFence(world.target(), "alter table public.kept no force row level security");
            assertThat(String.valueOf(upshift.await(number, SOON).get("outcome")))
                    .endsWith("The way back is ready.");
            world.assertBothSidesEqual(SOON);
        }
    }

    private static void behindFence(PostgresCluster side, String statement) {
        side.execute("shop", "begin read write; " + statement + "; commit");
    }

    /** What the acceptance is for: it only tells somebody, which behind the fence is no writing. */
    @Test
    void oneThatIsAcceptedAndDoesNotWriteGoesThereAndBack() {
        try (LabWorld world = LabWorld.builder().start();
                ControlPlane upshift = ControlPlane.start(directory)) {
            world.source().execute("shop", AUDITED);
            world.source().execute("shop", """
                    create or replace function public.audit() returns trigger language plpgsql as
                        'begin perform pg_notify(''audited'', new.id::text); return null; end'""");
            world.source().execute("shop", ALWAYS);
            upshift.register(ControlPlane.project(world, settings -> {
                settings.put("pauseBudget", "PT30S"); // a busy machine is no reason to fail
                settings.put("accepted", List.of("always-triggers"));
                return settings;
            }));

            upshift.succeed("copy-schema", SOON);
            upshift.succeed("replicate", LATER);
            upshift.succeed("cutover", SOON);
            world.target().execute("shop", "insert into public.audited values (1)");
            world.assertBothSidesEqual(SOON);
            upshift.succeed("rollback", SOON);
        }
    }

    private static String refusal(ControlPlane upshift, String procedure) {
        Map<String, Object> plan = upshift.plan(procedure);
        assertThat(plan).containsEntry("allowed", false);
        return ((List<?>) plan.get("guards"))
                .stream()
                        .map(guard -> (Map<?, ?>) guard)
                        .filter(guard -> "always-triggers".equals(guard.get("guard")))
                        .filter(guard -> Boolean.FALSE.equals(guard.get("allowed")))
                        .map(guard -> String.valueOf(guard.get("reason")))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("not blocked by it: " + plan.get("guards")));
    }

    private static String logged(PostgresCluster side, int id) {
        return side.value("shop", "select count(*) from public.audit_log where id = " + id);
    }
}
