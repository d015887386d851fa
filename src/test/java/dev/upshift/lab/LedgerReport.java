package dev.upshift.lab;

import java.util.Map;

/**
 * How a server's ledger compares with what its writers remember.
 *
 * @param acknowledged acknowledged writes of all kinds, in all journals
 * @param inDoubt writes whose COMMIT was never answered
 * @param rows rows of the server's ledger
 * @param violations how often each kind of violation was found; empty when all is well
 * @param text the same to read, with the first cases of each kind
 */
public record LedgerReport(long acknowledged, long inDoubt, long rows, Map<String, Integer> violations, String text) {

    /** Whether every acknowledged write is there exactly once and nothing is there that nobody wrote. */
    public boolean holds() {
        return violations.isEmpty();
    }

    @Override
    public String toString() {
        return text;
    }
}
