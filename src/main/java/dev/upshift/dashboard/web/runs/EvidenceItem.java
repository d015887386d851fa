package dev.upshift.dashboard.web.runs;

import dev.upshift.engine.Run;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Something that a run proved or counted, with its name in words. */
public record EvidenceItem(String name, String value) {

    /** What a rehearsal's report says in words. */
    private static final Set<String> IN_THE_REPORT = Set.of(
            "loadSamples",
            "oldestTransactionMillis",
            "oldestTransactionBy",
            "openAtPauseMillis",
            "openAtPauseBy",
            "barrierUsualMillis",
            "barrierSlowestMillis",
            "largestLagBytes",
            "sequencesOutrun",
            "rehearsed",
            "rehearsedPlanVersion");

    static List<EvidenceItem> of(Map<String, String> evidence) {
        return evidence.entrySet().stream()
                .filter(entry -> !IN_THE_REPORT.contains(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new EvidenceItem(words(entry.getKey()), entry.getValue()))
                .toList();
    }

    /** {@code flushed.shop} becomes {@code Flushed on the other side up to (shop)}. */
    private static String words(String key) {
        int dot = key.indexOf('.');
        String name = dot < 0 ? key : key.substring(0, dot);
        return known(name) + (dot < 0 ? "" : " (" + key.substring(dot + 1) + ")");
    }

    private static String known(String name) {
        return switch (name) {
            case "barrier" -> "End of the log";
            case "arrived" -> "Arrived on the other side at";
            case "flushed" -> "Flushed on the other side up to";
            case "heldAfterMillis" -> "PAUSE took (ms)";
            case Run.PAUSE_BUDGET -> "Pause budget (ms)";
            case Run.WITHOUT -> "Done without";
            case "wayBack" -> "Way back";
            case "wayBackStart" -> "Way back starts at";
            case "stragglers" -> "Clients back on the side that was left";
            case "endedSessions" -> "Sessions ended";
            case "sequencesSetInWindow" -> "Sequences set while held";
            default -> spelled(name);
        };
    }

    /** {@code longestWait} becomes {@code Longest wait}. */
    private static String spelled(String name) {
        String spaced =
                name.replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2").replace('-', ' ').toLowerCase(Locale.ROOT);
        return spaced.isEmpty() ? name : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }
}
