package dev.upshift.verification.internal.procedure;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.RunEnded;
import dev.upshift.engine.RunStatus;
import dev.upshift.records.LinkRecords;
import dev.upshift.verification.Verifications;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A comparison that found all rows on both sides ends every older doubt about slots, at once and not only for a plan. */
@Component
final class SettleDoubts {

    private final Verifications verifications;
    private final LinkRecords records;

    SettleDoubts(Verifications verifications, LinkRecords records) {
        this.verifications = verifications;
        this.records = records;
    }

    @EventListener
    void on(RunEnded run) {
        if (run.procedure() == ProcedureName.VERIFY && run.status() == RunStatus.SUCCEEDED) {
            verifications
                    .latest(run.slug())
                    .filter(last -> !last.tables().isEmpty() && last.differing() == 0)
                    .ifPresent(last -> records.verified(run.projectId(), last.startedAt()));
        }
    }
}
