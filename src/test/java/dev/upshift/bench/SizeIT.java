package dev.upshift.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.upgrade.ControlPlane;
import dev.upshift.upgrade.Pages;
import dev.upshift.upgrade.Pages.Opened;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thousands of tables and sequences through plan, rehearsal, cutover and rollback, with the pages open all the time;
 * beside them a database with exactly one sequence. The switches are a round of the {@link SwitchBenchmark}, so that
 * this works, too.
 *
 * <p>In every build it holds what comes out, not how long it takes. {@code ./mvnw -Psize verify} takes five times as
 * many, with a small heap, and holds the times as well.
 */
class SizeIT {

    private static final Logger log = LoggerFactory.getLogger(SizeIT.class);

    private static final int TABLES = Integer.getInteger("size.tables", 2_000);
    private static final int SEQUENCES = Integer.getInteger("size.sequences", 2_000);
    private static final boolean HOLDS_TIMES = Boolean.getBoolean("size.times");
    private static final int ROUNDS = Integer.getInteger("size.rounds", HOLDS_TIMES ? 3 : 1);

    /** A run that does nothing by itself any more. */
    private static final Set<String> STANDS = Set.of("SUCCEEDED", "ABORTED", "BLOCKED");

    private static final int PER_SECOND = 50;
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration LATER = Duration.ofMinutes(30);

    /** What a person is shown of anything, in characters. */
    private static final int LARGEST_ANSWER = 600_000;

    private static final Duration SLOWEST_PLAN = Duration.ofSeconds(5);

    /**
     * In the median: a page's first opening in a process, and those that meet the copy of ten thousand tables on the
     * same two processors, take longer, and are said in the log.
     */
    private static final Duration SLOWEST_PAGE = Duration.ofMillis(300);

    private static final long LONGER_WINDOW_MILLIS = 30;

    /**
     * What a server before 18 takes to look into one sequence that was never called, by a statement that it has planned
     * before; two sessions share them. Measured on 13: 14 µs of a processor that has nothing else to do.
     */
    private static final long NEVER_CALLED_MICROS = 14;

    @TempDir
    private Path directory;

    private SizeFigures figures = new SizeFigures();

    @Test
    void thousandsOfTablesAndSequencesThereAndBack() throws Exception {
        BenchmarkReport few = HOLDS_TIMES ? switched(10, 10, "few") : new BenchmarkReport(PER_SECOND, 4, 0);
        if (HOLDS_TIMES) {
            log.info("10 tables, 10 sequences: {}\n{}", few.inWords(), figures.inWords());
        }
        figures = new SizeFigures();
        BenchmarkReport many = switched(TABLES, SEQUENCES, "many");

        log.info("{} tables, {} sequences: {}\n{}", TABLES, SEQUENCES, many.inWords(), figures.inWords());
        if (HOLDS_TIMES) {
            assertThat(Runtime.getRuntime().maxMemory()).as("bytes of heap").isLessThanOrEqualTo(512L << 20);
            assertThat(figures.plans()).allSatisfy(took -> assertThat(took).isLessThan(SLOWEST_PLAN));
            assertThat(figures.pages())
                    .allSatisfy((path, took) -> assertThat(took).as(path).isLessThan(SLOWEST_PAGE));
            assertThat(many.medianPause())
                    .isLessThanOrEqualTo(
                            few.medianPause() + LONGER_WINDOW_MILLIS + SEQUENCES * NEVER_CALLED_MICROS / 2 / 1_000);
        }
    }

    private BenchmarkReport switched(int tables, int sequences, String name) throws Exception {
        ManyObjects objects = new ManyObjects(tables);
        try (LabWorld world = objects.world(sequences);
                ControlPlane upshift = ControlPlane.start(Files.createDirectory(directory.resolve(name)))) {
            objects.create(world.source());
            upshift.register(objects.project(world));
            Pages pages = Pages.of(upshift);
            run(upshift, pages, "copy-schema");
            run(upshift, pages, "replicate");
            objects.assertSubscribed(world.target());

            LedgerWriters writers = world.startWriters(4, PER_SECOND);
            writers.awaitAcknowledged(PER_SECOND, SOON);
            assertPlanIsShort(upshift, "cutover");
            run(upshift, pages, "rehearse");
            BenchmarkReport report = new BenchmarkReport(PER_SECOND, 4, sequences);
            new SwitchRounds(world, writers, PER_SECOND, procedure -> {
                        Map<String, Object> run = run(upshift, pages, procedure);
                        objects.assertHandsOutNoValueTwice(world, procedure);
                        return SwitchCost.of(run, upshift.rows(((Number) run.get("number")).intValue()));
                    })
                    .measure(ROUNDS, report);
            report.write(directory.resolve(name + ".md"));
            writers.stop();
            assertThat(writers.errors()).isEmpty();
            world.proof().assertHolds(world.source());
            return report;
        }
    }

    /** With every page of the project opened again and again until the run is over, as by somebody who looks on. */
    private Map<String, Object> run(ControlPlane upshift, Pages pages, String procedure) {
        long begun = System.nanoTime();
        int number = upshift.start(procedure);
        Awaitility.await(procedure)
                .atMost(LATER)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    open(pages, number);
                    return STANDS.contains(String.valueOf(
                            upshift.get("/projects/shop/runs/" + number).get("status")));
                });
        Map<String, Object> run = upshift.get("/projects/shop/runs/" + number);
        assertThat(run).as(upshift.journal(number)).containsEntry("status", "SUCCEEDED");
        log.info(
                "{} took {} ms with its plan and pages\n{}",
                procedure,
                (System.nanoTime() - begun) / 1_000_000,
                upshift.journal(number));
        return run;
    }

    private void open(Pages pages, int run) {
        for (String path : List.of("", "/tables", "/runs", "/runs/" + run, "/verify", "/audit")) {
            Opened page = pages.open("/projects/shop" + path);
            assertThat(page.status()).as(page.toString()).isEqualTo(200);
            assertThat(page.text().length()).as(page.toString()).isLessThan(LARGEST_ANSWER);
            figures.page(page);
        }
    }

    private void assertPlanIsShort(ControlPlane upshift, String procedure) {
        long begun = System.nanoTime();
        Map<String, Object> plan = upshift.plan(procedure);
        figures.plan(Duration.ofNanos(System.nanoTime() - begun));
        assertThat(plan).containsEntry("allowed", true);
        assertThat(plan.toString().length()).isLessThan(LARGEST_ANSWER);
    }
}
