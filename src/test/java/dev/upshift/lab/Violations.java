package dev.upshift.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is wrong, by kind: how often, and the first few in detail. */
final class Violations {

    private static final int DETAILED = 10;

    private final Map<String, List<String>> details = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    void add(String kind, String detail) {
        counts.merge(kind, 1, Integer::sum);
        List<String> kept = details.computeIfAbsent(kind, any -> new ArrayList<>());
        if (kept.size() < DETAILED) {
            kept.add(detail);
        }
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /** How often each kind of violation was found. */
    Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    /** A paragraph for each kind. */
    String text() {
        return details.entrySet().stream()
                .map(kind -> paragraph(kind.getKey(), kind.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private String paragraph(String kind, List<String> kept) {
        int count = counts.getOrDefault(kind, 0);
        String lines = kept.stream().map(detail -> "\n    " + detail).collect(Collectors.joining());
        return "  " + count + " " + kind + ":" + lines + (count > kept.size() ? "\n    …" : "");
    }
}
