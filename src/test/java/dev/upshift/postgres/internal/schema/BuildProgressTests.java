package dev.upshift.postgres.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildProgressTests {

    private static final HeldBackList LIST = HeldBackList.parse("""
            3291; index "a"
            3292; index "b"
            3293;
            """);

    private final List<String> sentences = new ArrayList<>();
    private final BuildProgress progress = new BuildProgress(LIST, sentences::add);

    @Test
    void severalJobsTellWhatIsFinishedAndWhatFailed() {
        read("""
                pg_restore: processing item 9 SCHEMA shop
                pg_restore: entering main parallel loop
                pg_restore: launching item 3291 INDEX a
                pg_restore: launching item 3292 INDEX b
                pg_restore: creating INDEX "shop.a"
                pg_restore: from TOC entry 3292; 1259 18050 INDEX b app
                pg_restore: error: could not execute query: ERROR:  deadlock detected
                pg_restore: finished item 3292 INDEX b
                pg_restore: finished item 3291 INDEX a
                pg_restore: finished item 3293 COMMENT INDEX a
                pg_restore: finished main parallel loop""");

        assertThat(sentences).containsExactly("Could not build index \"b\" yet", "Built index \"a\" (1 of 2)");
    }

    @Test
    void jobsThatWriteIntoEachOthersLinesAreStillUnderstood() {
        read("""
                pg_restore: entering main parallel loop
                pg_restore: pg_restore: finished item 3292 INDEX b
                creating INDEX "shop.a"pg_restore: finished item 3291 INDEX a
                pg_restore: finished main parallel loop""");

        assertThat(sentences).containsExactly("Built index \"b\" (1 of 2)", "Built index \"a\" (2 of 2)");
    }

    /** A parallel job's message may swallow another one's, or come after what it explains. */
    @Test
    void whatTheOutputLeftOutIsToldByTheCatalogue() {
        read("""
                pg_restore: entering main parallel loop
                pg_restore: finished item 3292 INDEX b
                pg_restore: finished main parallel loop""");
        progress.settle(HeldBackList.parse("3292; index \"b\""));

        assertThat(sentences)
                .containsExactly(
                        "Built index \"b\" (1 of 2)", "Could not build index \"b\" yet", "Built index \"a\" (1 of 2)");
    }

    @Test
    void whatFailedInOneRoundCountsInTheNext() {
        read("""
                pg_restore: entering main parallel loop
                pg_restore: finished item 3291 INDEX a
                pg_restore: from TOC entry 3292; 1259 18050 INDEX b app
                pg_restore: finished item 3292 INDEX b""");
        progress.settle(HeldBackList.parse("3292; index \"b\""));
        read("""
                pg_restore: entering main parallel loop
                pg_restore: finished item 3292 INDEX b""");
        progress.settle(HeldBackList.parse(""));

        assertThat(sentences)
                .containsExactly(
                        "Built index \"a\" (1 of 2)", "Could not build index \"b\" yet", "Built index \"b\" (2 of 2)");
    }

    @Test
    void oneJobTellsWhatItBegins() {
        read("""
                pg_restore: connecting to database for restore
                pg_restore: creating INDEX "shop.a"
                pg_restore: creating INDEX "shop.b\"""");

        assertThat(sentences).containsExactly("Building INDEX \"shop.a\"", "Building INDEX \"shop.b\"");
    }

    private void read(String output) {
        output.lines().forEach(progress);
    }
}
