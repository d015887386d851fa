package dev.upshift.dashboard.web.situation;

import dev.upshift.dashboard.web.Mark;
import dev.upshift.dashboard.web.Tone;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures.Available;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.project.Project;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that pages know of a project at one moment, read from what others keep; no server was asked for it.
 *
 * @param snapshot null until the project was first sampled
 * @param procedures those that its phase allows or will allow
 * @param runs newest first
 */
public record Situation(
        Project project, @Nullable ReplicationSnapshot snapshot, List<Available> procedures, List<Run> runs) {

    /** The run that goes on or waits for a person. */
    public Optional<Run> current() {
        return runs.stream().filter(run -> !run.status().isOver()).findFirst();
    }

    /** The last run of a procedure that did what it should. */
    public Optional<Run> lastSuccess(ProcedureName procedure) {
        return runs.stream()
                .filter(run -> run.procedure() == procedure && run.status() == RunStatus.SUCCEEDED)
                .findFirst();
    }

    /** Whether both sides were found equal since replication was set up or clients were last switched. */
    public boolean isVerified() {
        return isFresh(ProcedureName.VERIFY) && !isDoubted();
    }

    /** Whether the last comparison did not prove both sides equal, whatever an earlier one said. */
    public boolean isDoubted() {
        return runs.stream()
                .filter(run ->
                        run.procedure() == ProcedureName.VERIFY && run.status().isOver())
                .findFirst()
                .filter(run -> run.status() != RunStatus.SUCCEEDED)
                .isPresent();
    }

    /** Whether the next switch was rehearsed since then. */
    public boolean isRehearsed() {
        return isFresh(ProcedureName.REHEARSE);
    }

    private boolean isFresh(ProcedureName procedure) {
        Optional<Instant> begun = lastSuccess(procedure).map(Run::startedAt);
        return begun.isPresent()
                && runs.stream()
                        .filter(run -> run.procedure() == ProcedureName.REPLICATE
                                || run.procedure().isSwitch())
                        .filter(run -> run.status() == RunStatus.SUCCEEDED)
                        .noneMatch(run -> run.startedAt().isAfter(begun.get()));
    }

    /** How it goes, for the project's headline. */
    public Mark health() {
        if (project.phase().isFinal()) {
            return new Mark(Tone.IDLE, "over");
        }
        if (current().filter(run -> run.status() == RunStatus.BLOCKED).isPresent()) {
            return new Mark(Tone.BAD, "a run needs a person");
        }
        return snapshot == null ? new Mark(Tone.IDLE, "not looked at yet") : Mark.of(snapshot.health());
    }
}
