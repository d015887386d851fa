package dev.upshift.engine.internal.run;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunEnded;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.internal.record.Journal;
import dev.upshift.engine.internal.record.RunRecords;
import dev.upshift.engine.internal.walk.AbortRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Counts and times runs for Prometheus, when they end and from their journal: nothing is measured while clients wait. A
 * run is counted by the control plane that ended it.
 */
@Component
class RunMetrics {

    private static final Logger log = LoggerFactory.getLogger(RunMetrics.class);

    private final MeterRegistry registry;
    private final RunRecords records;
    private final Journal journal;

    RunMetrics(MeterRegistry registry, RunRecords records, Journal journal) {
        this.registry = registry;
        this.records = records;
        this.journal = journal;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(RunEnded ended) {
        try {
            records.find(ended.projectId(), ended.number()).ifPresent(this::measure);
        } catch (RuntimeException e) {
            log.warn("Run {} of {} is missing from the metrics", ended.number(), ended.slug(), e);
        }
    }

    private void measure(Run run) {
        List<JournalEntry> rows = journal.of(run.id());
        String procedure = run.procedure().word();
        rows.stream().filter(row -> row.event() == Event.SUCCEEDED).forEach(row -> time(procedure, row));
        Long pauseMillis = run.pauseMillis();
        if (pauseMillis != null && run.status() == RunStatus.SUCCEEDED) {
            Timer.builder("upshift.run.pause")
                    .description("How long clients were held by switches that went through")
                    .tag("procedure", procedure)
                    .register(registry)
                    .record(Duration.ofMillis(pauseMillis));
        }
        if (run.status() == RunStatus.ABORTED) {
            registry.counter("upshift.run.aborts", "procedure", procedure, "reason", reason(rows))
                    .increment();
        }
    }

    private void time(String procedure, JournalEntry row) {
        Long micros = row.durationMicros();
        if (micros != null) {
            Timer.builder("upshift.run.step")
                    .description("How long steps of runs took that succeeded")
                    .tag("procedure", procedure)
                    .tag("step", row.step())
                    .register(registry)
                    .record(Duration.ofNanos(micros * 1000));
        }
    }

    /** The step that failed, {@code person} where somebody asked for it, {@code owner} where only the owner was lost. */
    private static String reason(List<JournalEntry> rows) {
        return rows.stream()
                .filter(row -> row.event() == Event.FAILED)
                .reduce((_, last) -> last)
                .map(row -> row.sentence().startsWith(AbortRequest.ABORTED_BY) ? "person" : row.step())
                .orElse("owner");
    }
}
