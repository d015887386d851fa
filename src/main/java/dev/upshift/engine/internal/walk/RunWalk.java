package dev.upshift.engine.internal.walk;

import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.internal.lease.FormerOwner;
import dev.upshift.engine.internal.lease.StaleOwner;
import dev.upshift.engine.internal.record.Ending;
import dev.upshift.engine.internal.record.RunStatuses;
import dev.upshift.shared.Waiting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One walk of its owner over a run: forward or back, with the run's status kept in step. */
public record RunWalk(
        long projectId, Run run, int epoch, RunExecution execution, RunStatuses statuses, FormerOwner formerOwner) {

    private static final Logger log = LoggerFactory.getLogger(RunWalk.class);

    private static final String INTERRUPTED = "The control plane ended during the run.";

    /** @throws StaleOwner if somebody else has taken the run over; nothing is touched any more then */
    public void walk(boolean back) {
        try {
            if (back) {
                goBack(run.status(), reason());
            } else {
                goForward();
            }
        } catch (StaleOwner notOursAnyMore) {
            throw notOursAnyMore;
        } catch (Waiting.WaitInterrupted givenUp) {
            boolean _ = Thread.interrupted(); // clients are let go first, if it was in the middle of holding them
            execution.abandon();
            throw givenUp;
        } catch (RuntimeException | Error unexpected) {
            execution.abandon();
            throw unexpected;
        }
    }

    private String reason() {
        return Optional.ofNullable(run.outcome()).or(execution::whyAborted).orElse(INTERRUPTED);
    }

    private void goForward() {
        move(run.status(), RunStatus.RUNNING, run.outcome());
        Ending ending = execution.forward();
        if (ending.status() == RunStatus.ABORTING) {
            goBack(RunStatus.RUNNING, ending.outcome());
        } else {
            end(RunStatus.RUNNING, ending);
        }
    }

    private void goBack(RunStatus from, String reason) {
        move(from, RunStatus.ABORTING, reason);
        end(RunStatus.ABORTING, execution.back(reason));
    }

    private void move(RunStatus from, RunStatus to, @Nullable String outcome) {
        if (from != to) {
            statuses.move(run, epoch, from, to, outcome);
        }
    }

    private void end(RunStatus from, Ending ending) {
        execution.outlast(formerOwner, ending);
        statuses.end(projectId, run, epoch, from, ending, execution.script().evidence(), execution.pauseMillis());
        log.info(
                "{} run {} ({}): {} – {}",
                run.slug(),
                run.number(),
                run.procedure().word(),
                ending.status(),
                ending.outcome());
    }
}
