package dev.upshift.engine.internal.run;

import dev.upshift.engine.Run;
import dev.upshift.engine.internal.record.Journal;
import dev.upshift.engine.internal.record.Retries;
import dev.upshift.engine.internal.run.TakeOvers.TakeOver;
import dev.upshift.engine.internal.walk.Patience;
import dev.upshift.engine.internal.walk.RunExecution;
import dev.upshift.engine.internal.walk.RunJournal;
import dev.upshift.engine.internal.walk.WalkedRun;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Script;
import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Opens the journals of runs, and puts together what executes them. */
@Component
class Executions {

    private final Journal journal;
    private final Clock clock;
    private final Retries retries;
    private final Patience patience;
    private final ApplicationEventPublisher events;
    private final Ports ports;

    Executions(
            Journal journal,
            Clock clock,
            Retries retries,
            Patience patience,
            ApplicationEventPublisher events,
            Ports ports) {
        this.journal = journal;
        this.clock = clock;
        this.retries = retries;
        this.patience = patience;
        this.events = events;
        this.ports = ports;
    }

    RunExecution of(Run run, TakeOver taken, Script script) {
        RunJournal memory = new RunJournal(run, taken.claim().epoch(), journal, clock, retries, events);
        return new RunExecution(new WalkedRun(run, script, memory, taken.ownership()), ports.timing(), clock, patience);
    }
}
