package dev.upshift.bench;

import dev.upshift.lab.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects the measurements and writes the document. Times are whole milliseconds. */
final class BenchmarkReport {

    private final int wantedRate;
    private final int clients;
    private final int sequences;
    private final List<Long> nothing = new ArrayList<>();
    private final List<Long> bare = new ArrayList<>();
    private final List<Long> cutover = new ArrayList<>();
    private final List<Long> cutoverPause = new ArrayList<>();
    private final List<Long> rollback = new ArrayList<>();
    private final List<Long> rollbackPause = new ArrayList<>();
    private long rate;

    BenchmarkReport(int wantedRate, int clients, int sequences) {
        this.wantedRate = wantedRate;
        this.clients = clients;
        this.sequences = sequences;
    }

    void nothing(Duration longestWait) {
        nothing.add(longestWait.toMillis());
    }

    void bare(Duration longestWait) {
        bare.add(longestWait.toMillis());
    }

    void cutover(Duration longestWait, long pauseMillis) {
        cutover.add(longestWait.toMillis());
        cutoverPause.add(pauseMillis);
    }

    void rollback(Duration longestWait, long pauseMillis) {
        rollback.add(longestWait.toMillis());
        rollbackPause.add(pauseMillis);
    }

    /** What the load really did, in transactions per second. */
    void rate(long perSecond) {
        this.rate = perSecond;
    }

    /** The median of the control plane's own clock over all switches, in milliseconds. */
    long medianPause() {
        return median(
                Stream.concat(cutoverPause.stream(), rollbackPause.stream()).toList());
    }

    /** What was measured, in a line. */
    String inWords() {
        return "nothing %s, bare %s, cutover %s (held %s), rollback %s (held %s)"
                .formatted(nothing, bare, cutover, cutoverPause, rollback, rollbackPause);
    }

    void write(Path document) {
        try {
            Files.createDirectories(document.getParent());
            Files.writeString(document, text());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + document, e);
        }
    }

    private String text() {
        return """
                # Benchmarks

                Written by `./mvnw -Pbench verify`; do not edit by hand.

                ## What clients notice of a switch

                The longest time that any client waited for a transaction, from its first statement to the answer to its
                COMMIT. PostgreSQL 13 and 17, two PgBouncers in transaction mode, control plane and load generator all share
                one machine: %s. %d clients, %,d transactions per second wanted, %,d done on average
                over the whole run; %,d additional sequences; commits wait for the disk. Measured on %s, %d rounds,
                each measurement side by side with the others under the same load.

                | what happens | longest wait, median | all rounds (ms) | pause, median | ratio to bare |
                |---|---|---|---|---|
                | nothing | %d ms | %s | – | – |
                | bare PAUSE and RESUME by hand | %d ms | %s | – | 1 |
                | cutover | %d ms | %s | %d ms | %s |
                | rollback | %d ms | %s | %d ms | %s |

                The aim is a ratio of at most 3. *Pause* is the control plane's own clock: from sending PAUSE to the last
                RESUME. All clients together saw no error, and every acknowledged write was found exactly once on the side that
                serves in the end.

                ## Published pauses, to compare with

                Taken from the publications named; other loads and other machines, so orders of magnitude only.

                | who | how long writes stop |
                |---|---|
                | PgDog | under 1 s (claimed) |
                | Gadget | 3 s |
                | autobase | 10–15 s |
                | RDS blue/green, pg_easy_replicate | under a minute |
                """.formatted(
                        Machine.words(),
                        clients,
                        wantedRate,
                        rate,
                        sequences,
                        LocalDate.now(ZoneOffset.UTC),
                        nothing.size(),
                        median(nothing),
                        list(nothing),
                        median(bare),
                        list(bare),
                        median(cutover),
                        list(cutover),
                        median(cutoverPause),
                        ratio(cutover),
                        median(rollback),
                        list(rollback),
                        median(rollbackPause),
                        ratio(rollback));
    }

    private String ratio(List<Long> values) {
        return String.format(Locale.ROOT, "%.1f", (double) median(values) / Math.max(1, median(bare)));
    }

    private static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static String list(List<Long> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
