package dev.upshift.verification.internal.procedure;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.procedure.PastRuns;
import dev.upshift.project.Project;
import dev.upshift.shared.Names;
import dev.upshift.transfer.KnownEquality;
import dev.upshift.verification.Verifications;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.Verifications.Verification;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What is known of how equal both sides are, before the last chance to find out is given away. It stands in nobody's way:
 * the target serves, and the other side may be gone.
 */
@Component
class LastComparison implements KnownEquality {

    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Verifications verifications;
    private final PastRuns runs;

    LastComparison(Verifications verifications, PastRuns runs) {
        this.verifications = verifications;
        this.runs = runs;
    }

    @Override
    public Known of(Project project) {
        return known(
                verifications.latest(project.slug()),
                runs.last(project.id(), run -> run.procedure() == ProcedureName.VERIFY),
                runs.lastSuccess(project.id(), run -> run.procedure().isSwitch())
                        .map(run -> Objects.requireNonNull(run.endedAt())));
    }

    /**
     * @param kept the last comparison that came to a result
     * @param tried the last run that compared, or wanted to
     * @param lastSwitch when it ended
     */
    static Known known(Optional<Verification> kept, Optional<Run> tried, Optional<Instant> lastSwitch) {
        Optional<Run> failed = tried.filter(run -> run.status() == RunStatus.ABORTED)
                .filter(run -> kept.map(Verification::startedAt)
                        .filter(begun -> !begun.isBefore(run.startedAt()))
                        .isEmpty());
        if (failed.isPresent()) {
            return Known.doubtful("The last Verify, run %d of %s, came to no result: %s"
                    .formatted(
                            failed.get().number(),
                            AT.format(failed.get().startedAt()),
                            Objects.requireNonNullElse(failed.get().outcome(), "it ended early.")));
        }
        if (kept.isEmpty()) {
            return Known.doubtful("Both sides were never compared: no Verify has come to a result.");
        }
        Verification last = kept.get();
        List<String> wrong = last.tables().stream()
                .filter(table -> table.verdict() != Verdict.EQUAL)
                .map(table -> table.database() + ": " + table.name())
                .toList();
        String when = AT.format(last.endedAt());
        if (!wrong.isEmpty()) {
            return new Known(
                    false,
                    "The last comparison, of %s, did not prove %d of %d tables equal, among them %s; the page Verify says why."
                            .formatted(when, wrong.size(), last.tables().size(), Names.some(wrong)),
                    wrong);
        }
        String equal = "The last comparison, of %s, found %d tables equal"
                .formatted(when, last.tables().size());
        return lastSwitch
                .filter(last.startedAt()::isBefore)
                .map(ended -> Known.doubtful("%s, but that was before the last switch, which ended at %s."
                        .formatted(equal, AT.format(ended))))
                .orElseGet(() -> Known.equal(equal + "."));
    }
}
