package dev.upshift.records;

import org.springframework.stereotype.Component;

/** What is remembered of foreign servers from run to run. */
@Component
public record Records(LinkRecords links, RaisedFences fences, HeldBackSchemas heldBack) {

    /** The same, but what is kept or forgotten is only pretended: for a plan. */
    public Records planned() {
        return new Records(
                new PlannedLinkRecords(links), new PlannedFences(fences), new PlannedHeldBackSchemas(heldBack));
    }
}
