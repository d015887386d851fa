package dev.upshift.campaign;

import dev.upshift.engine.Plan.Part;
import dev.upshift.lab.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Writes down how a campaign went. Times are whole milliseconds. */
final class CampaignReport {

    private final long seed;
    private final Duration took;
    private final List<TrialResult> results;

    CampaignReport(long seed, Duration took, List<TrialResult> results) {
        this.seed = seed;
        this.took = took;
        this.results = results;
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
                # Fault campaign

                Written by `./mvnw -Pcampaign verify -Dcampaign.runs=%1$d -Dcampaign.seed=%2$d`; do not edit by hand.

                Cutovers and rollbacks back and forth between PostgreSQL 13 and 17 behind two PgBouncers, while %3$d clients write
                all the time; in each run one thing dies, hangs or refuses. The seed decides what, and at which moment of which
                step: before its effect, after it, after the journal knows of it, or while it is undone. Control planes are
                processes of their own, two of them on one metadata database; where one is killed, it is killed with `kill -9`.
                After each run everything that must be true is looked at: every pooler serves one and the same side, none is
                paused, no probe or staged file is left, the serving side takes writes, the other one is fenced if the run switched,
                exactly one link runs, both sides hold the same rows, and every write that was ever acknowledged is on the serving
                side exactly once. [What if](operations/what-if.md) says what that means for an operator.

                %4$s, %5$s. %6$d runs took %7$d minutes on %8$s; commits do not wait
                for the disk. A server that was down is looked for again by the poolers after one second (`server_login_retry`).

                | what | how many |
                |---|---|
                | runs | %6$d |
                | ended with every client on the new side (`SUCCEEDED`) | %9$d |
                | ended with every client where it was (`ABORTED`) | %10$d |
                | of both, waited for a person in between (`BLOCKED`), and were continued | %11$d |
                | **runs after which something was not as it must be** | **%12$d** |
                | acknowledged writes, lost or duplicated ones among them | %13$,d, %14$s |
                | client errors that the fault caused by itself (its own connections) | %15$,d |
                | client errors that we caused | %16$,d |

                ## By fault

                *Held* is how long after the fault the last client was still waiting (longer than 0.4 s at all), *then* the same after
                the fault was over: a killed server runs again, a frozen one is thawed. Both
                only for faults from the moment on at which clients are held; before it the switch's own pause would be counted.

                | fault | runs | switched | undone | `BLOCKED` between | held, median | held, longest | then, longest | run over, longest | errors of the fault | of ours |
                |---|---|---|---|---|---|---|---|---|---|---|
                %17$s

                ## By step

                How many faults struck, and at which moment.

                | step | before | after | journaled | before its undo | after its undo | switched | undone |
                |---|---|---|---|---|---|---|---|
                %18$s

                ## What was not as it must be

                %19$s

                ## Every run

                | # | procedure | fault | place | outcome | longest wait | held | then | errors of the fault | of ours |
                |---|---|---|---|---|---|---|---|---|---|
                %20$s
                """.formatted(
                        results.size() - 1,
                        seed,
                        CampaignWorld.CLIENTS,
                        LocalDate.now(ZoneOffset.UTC),
                        "seed " + seed,
                        results.size(),
                        took.toMinutes(),
                        Machine.words(),
                        count(result -> result.status().equals("SUCCEEDED")),
                        count(result -> result.status().equals("ABORTED")),
                        count(result -> !result.blocked().isEmpty()),
                        count(result -> !result.holds()),
                        results.stream().mapToLong(TrialResult::acknowledged).sum(),
                        results.stream().allMatch(TrialResult::holds) ? "none" : "see below",
                        sum(results, TrialResult::faultErrors),
                        sum(results, TrialResult::ourErrors),
                        byFault(),
                        byStep(),
                        violations(),
                        results.stream().map(CampaignReport::row).collect(Collectors.joining("\n")));
    }

    private long count(java.util.function.Predicate<TrialResult> which) {
        return results.stream().filter(which).count();
    }

    private static int sum(List<TrialResult> of, ToIntFunction<TrialResult> what) {
        return of.stream().mapToInt(what).sum();
    }

    private String byFault() {
        return Arrays.stream(FaultKind.values())
                .map(kind -> faultRow(
                        kind,
                        results.stream()
                                .filter(result -> result.fault() == kind)
                                .toList()))
                .collect(Collectors.joining("\n"));
    }

    private static String faultRow(FaultKind kind, List<TrialResult> of) {
        return "| %s | %d | %d | %d | %d | %s | %s | %s | %s | %d | %d |"
                .formatted(
                        kind.words(),
                        of.size(),
                        of.stream()
                                .filter(result -> result.status().equals("SUCCEEDED"))
                                .count(),
                        of.stream()
                                .filter(result -> result.status().equals("ABORTED"))
                                .count(),
                        of.stream()
                                .filter(result -> !result.blocked().isEmpty())
                                .count(),
                        middle(telling(of), TrialResult::heldAfterStrike),
                        longest(telling(of), TrialResult::heldAfterStrike),
                        longest(telling(of), TrialResult::heldAfterMending),
                        longest(of, TrialResult::overAfter),
                        sum(of, TrialResult::faultErrors),
                        sum(of, TrialResult::ourErrors));
    }

    /** A fault before the window says nothing about waiting: the switch's own pause may still follow. */
    private static List<TrialResult> telling(List<TrialResult> of) {
        return of.stream().filter(CampaignReport::isTelling).toList();
    }

    private static boolean isTelling(TrialResult result) {
        return result.place().part() != Part.BEFORE;
    }

    private static String middle(List<TrialResult> of, Function<TrialResult, Duration> what) {
        List<Duration> sorted = of.stream().map(what).sorted().toList();
        return sorted.isEmpty() ? "–" : sorted.get(sorted.size() / 2).toMillis() + " ms";
    }

    private static String longest(List<TrialResult> of, Function<TrialResult, Duration> what) {
        return of.stream()
                .map(what)
                .max(Duration::compareTo)
                .map(time -> time.toMillis() + " ms")
                .orElse("–");
    }

    private String byStep() {
        Map<String, List<TrialResult>> steps = results.stream()
                .collect(Collectors.groupingBy(
                        result -> result.place().step(), LinkedHashMap::new, Collectors.toList()));
        return steps.entrySet().stream()
                .sorted(Map.Entry.comparingByValue((one, other) -> one.getFirst()
                        .place()
                        .part()
                        .compareTo(other.getFirst().place().part())))
                .map(step -> stepRow(step.getKey(), step.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String stepRow(String step, List<TrialResult> of) {
        String moments = Arrays.stream(Moment.values())
                .map(moment -> String.valueOf(of.stream()
                        .filter(result -> result.place().moment() == moment)
                        .count()))
                .collect(Collectors.joining(" | "));
        return "| `%s` | %s | %d | %d |"
                .formatted(
                        step,
                        moments,
                        of.stream()
                                .filter(result -> result.status().equals("SUCCEEDED"))
                                .count(),
                        of.stream()
                                .filter(result -> result.status().equals("ABORTED"))
                                .count());
    }

    private String violations() {
        String all = results.stream()
                .filter(result -> !result.holds())
                .map(result -> "- Run %d (%s, %s, %s): %s"
                        .formatted(
                                result.number(),
                                result.procedure(),
                                result.fault().words(),
                                result.place(),
                                String.join("; ", result.violations()).replaceAll("\\s+", " ")))
                .collect(Collectors.joining("\n"));
        return all.isEmpty() ? "Nothing." : all;
    }

    private static String row(TrialResult result) {
        return "| %d | %s | %s | %s | %s%s%s | %d ms | %s | %s | %d | %d |"
                .formatted(
                        result.number(),
                        result.procedure(),
                        result.fault().words(),
                        result.place(),
                        result.status(),
                        result.blocked().isEmpty() ? "" : " after `BLOCKED`",
                        result.holds() ? "" : " **!**",
                        result.longestWait().toMillis(),
                        longest(telling(List.of(result)), TrialResult::heldAfterStrike),
                        longest(telling(List.of(result)), TrialResult::heldAfterMending),
                        result.faultErrors(),
                        result.ourErrors());
    }
}
