package dev.upshift.check;

import java.util.List;

/** What came of a look. */
public sealed interface CheckResult {

    /**
     * Nothing is in the way.
     *
     * @param remark what is said besides, in sentences; mostly empty
     */
    record Passed(String remark) implements CheckResult {
        public Passed() {
            this("");
        }
    }

    /** @param findings at least one */
    record Found(List<Finding> findings) implements CheckResult {
        public Found {
            findings = List.copyOf(findings);
        }
    }

    /** @param reason why there is nothing to look at, in one sentence */
    record NotApplicable(String reason) implements CheckResult {}

    /**
     * Nobody could look; never taken for {@link Passed}.
     *
     * @param reason in one sentence
     */
    record Errored(String reason) implements CheckResult {}

    /** Passed where nothing was found. */
    static CheckResult of(List<Finding> findings) {
        return findings.isEmpty() ? new Passed() : new Found(findings);
    }
}
