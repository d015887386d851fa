package dev.upshift.dashboard.web.verify;

import dev.upshift.dashboard.web.Mark;
import dev.upshift.dashboard.web.Tone;
import dev.upshift.verification.Verifications.TableResult;
import dev.upshift.verification.Verifications.Verdict;

/** What the comparison of one table came to. */
public record ResultRow(TableResult result, Mark mark) {

    static ResultRow of(TableResult result) {
        return new ResultRow(result, mark(result.verdict()));
    }

    private static Mark mark(Verdict verdict) {
        return switch (verdict) {
            case EQUAL -> new Mark(Tone.GOOD, "equal");
            case DIFFERENT -> new Mark(Tone.BAD, "different");
            case MISSING -> new Mark(Tone.BAD, "missing on one side");
            case FAILED -> new Mark(Tone.WARNING, "not compared");
        };
    }
}
