package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copying the schema into a database that was made by hand, and failing after it was restored: that database is not ours
 * to drop, so it keeps the schema, the run says so, and the next one goes on from there.
 */
class CopyIntoExistingDatabaseIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);
    private static final String INDEXES =
            "select count(*) from pg_indexes where schemaname not in ('pg_catalog', 'information_schema', 'upshift')";
    private static final String KEPT = "select coalesce(string_agg(database, ' '), '') from held_back_schema";

    @TempDir
    private Path directory;

    @Test
    void whatIsRestoredStaysAndIsTakenUpByTheNextRun() throws Exception {
        try (LabWorld world = LabWorld.builder().durable(false).start();
                ControlPlane upshift = ControlPlane.start(directory)) {
            assertThat(world.target().value("postgres", "select count(*) from pg_database where datname = 'shop'"))
                    .isEqualTo("1");
            upshift.register(ControlPlane.project(world, settings -> settings));

            // what fails before the restore leaves nothing
            world.source().execute("shop", "create type public.in_the_way as (a int)");
            try (AutoCloseable ignored = upshift.when(
                    "copy-roles", () -> world.target().execute("shop", "create type public.in_the_way as (b int)"))) {
                assertThat(copy(upshift)).containsEntry("status", "ABORTED");
            }
            assertThat(upshift.metadata(KEPT)).isEmpty();
            world.target().execute("shop", "drop type public.in_the_way");

            Map<String, Object> run;
            try (AutoCloseable ignored = upshift.when(
                    "compare-schema", () -> world.target().execute("shop", "create table public.surplus (id int)"))) {
                run = copy(upshift);
            }

            assertThat(run).containsEntry("status", "ABORTED");
            assertThat(String.valueOf(run.get("outcome")))
                    .contains("public.surplus", "restored into shop on the target stays", "Copy the schema again");
            assertThat(upshift.metadata(KEPT)).isEqualTo("shop");
            assertThat(guard(upshift)).startsWith("false").contains("public.surplus");

            world.target().execute("shop", "drop table public.surplus");
            world.source().execute("shop", "create index late on shop.products (\"In Stock\")");
            assertThat(guard(upshift)).startsWith("true");
            upshift.succeed("copy-schema", SOON);
            upshift.succeed("replicate", LATER);

            assertThat(upshift.metadata(KEPT)).isEmpty();
            assertThat(world.target().value("shop", INDEXES))
                    .isEqualTo(world.source().value("shop", INDEXES));
        }
    }

    private static Map<String, Object> copy(ControlPlane upshift) {
        return upshift.await(upshift.start("copy-schema"), SOON);
    }

    private static String guard(ControlPlane upshift) {
        return ((List<?>) upshift.plan("copy-schema").get("guards"))
                .stream()
                        .map(guard -> (Map<?, ?>) guard)
                        .filter(guard -> "target-empty-or-same".equals(guard.get("guard")))
                        .map(guard -> guard.get("allowed") + " " + guard.get("reason"))
                        .findFirst()
                        .orElseThrow();
    }
}
