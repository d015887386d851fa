package dev.upshift.dashboard.web.runs;

import dev.upshift.engine.Evidence;
import dev.upshift.engine.RunFacts;
import java.util.List;
import java.util.Map;

/** Something that a run proved or counted, with its name in words. */
public record EvidenceItem(String name, String value) {

    static List<EvidenceItem> of(RunFacts evidence) {
        return evidence.values().entrySet().stream()
                .filter(entry -> !Evidence.isReported(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new EvidenceItem(Evidence.inWords(entry.getKey()), entry.getValue()))
                .toList();
    }
}
