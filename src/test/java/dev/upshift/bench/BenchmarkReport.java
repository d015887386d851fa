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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects the measurements and writes the document. Times are whole milliseconds. */
final class BenchmarkReport {

    private final int wantedRate;
    private final int clients;
    private final int sequences;
    private final List<Long> nothing = new ArrayList<>();
    private final List<Long> bare = new ArrayList<>();
    private final List<Long> barePause = new ArrayList<>();
    private final List<Long> cutover = new ArrayList<>();
    private final List<Long> cutoverPause = new ArrayList<>();
    private final List<Long> cutoverWait = new ArrayList<>();
    private final List<Long> rollback = new ArrayList<>();
    private final List<Long> rollbackPause = new ArrayList<>();
    private final List<Long> rollbackWait = new ArrayList<>();
    private final Map<String, List<Long>> cutoverSteps = new LinkedHashMap<>();
    private final Map<String, List<Long>> rollbackSteps = new LinkedHashMap<>();
    private long rate;

    BenchmarkReport(int wantedRate, int clients, int sequences) {
        this.wantedRate = wantedRate;
        this.clients = clients;
        this.sequences = sequences;
    }

    void nothing(Duration longestWait) {
        nothing.add(longestWait.toMillis());
    }

    void bare(Duration longestWait, Duration pause) {
        bare.add(longestWait.toMillis());
        barePause.add(pause.toMillis());
    }

    void cutover(Duration longestWait, SwitchCost cost) {
        cutover.add(longestWait.toMillis());
        cutoverPause.add(cost.pauseMillis());
        cutoverWait.add(cost.waitMillis());
        cost.micros().forEach((step, micros) -> steps(cutoverSteps, step).add(micros));
    }

    void rollback(Duration longestWait, SwitchCost cost) {
        rollback.add(longestWait.toMillis());
        rollbackPause.add(cost.pauseMillis());
        rollbackWait.add(cost.waitMillis());
        cost.micros().forEach((step, micros) -> steps(rollbackSteps, step).add(micros));
    }

    private static List<Long> steps(Map<String, List<Long>> all, String step) {
        return all.computeIfAbsent(step, key -> new ArrayList<>());
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

                | what happens | longest wait, median | all rounds (ms) | pause, median | all rounds (ms) | of it waiting for transactions | ratio to bare |
                |---|---|---|---|---|---|---|
                | nothing | %d ms | %s | – | – | – | – |
                | bare PAUSE and RESUME by hand | %d ms | %s | %d ms | %s | %d ms | 1 |
                | cutover | %d ms | %s | %d ms | %s | %d ms | %s |
                | rollback | %d ms | %s | %d ms | %s | %d ms | %s |

                The aim is a ratio of at most 1.25 for a cutover and 1.5 for a rollback, and a pause of at most 150 ms. *Pause*
                is the control plane's own clock: from sending PAUSE to the last RESUME. The first cutover is the first one
                of its process. All clients together saw no error, and every acknowledged write was found exactly once on the side that
                serves in the end.

                What happens while clients are held, by step, median in milliseconds. Steps beside each other are done at the
                same time; `pause-poolers` waits for a calm moment before it sends PAUSE, which is not part of the pause.

                | step | cutover | rollback |
                |---|---|---|
                %s

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
                        median(barePause),
                        list(barePause),
                        median(barePause),
                        median(cutover),
                        list(cutover),
                        median(cutoverPause),
                        list(cutoverPause),
                        median(cutoverWait),
                        ratio(cutover),
                        median(rollback),
                        list(rollback),
                        median(rollbackPause),
                        list(rollbackPause),
                        median(rollbackWait),
                        ratio(rollback),
                        steps());
    }

    private String steps() {
        return cutoverSteps.keySet().stream()
                .map(step -> String.format(
                        Locale.ROOT,
                        "| `%s` | %.1f | %.1f |",
                        step,
                        median(cutoverSteps.get(step)) / 1e3,
                        median(rollbackSteps.getOrDefault(step, List.of(0L))) / 1e3))
                .collect(Collectors.joining("\n"));
    }

    private String ratio(List<Long> values) {
        return String.format(Locale.ROOT, "%.2f", (double) median(values) / Math.max(1, median(bare)));
    }

    private static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static String list(List<Long> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
