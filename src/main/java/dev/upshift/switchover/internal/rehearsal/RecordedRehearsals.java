package dev.upshift.switchover.internal.rehearsal;

import dev.upshift.engine.Evidence;
import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Plan;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Rehearsal;
import dev.upshift.engine.Rehearsal.Load;
import dev.upshift.engine.Rehearsal.Part;
import dev.upshift.engine.Run;
import dev.upshift.engine.procedure.PastRuns;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import dev.upshift.switchover.Rehearsals;
import dev.upshift.switchover.internal.route.Measured;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Reads rehearsals from what their runs recorded: no row of their own could disagree with the run. */
@Component
final class RecordedRehearsals implements Rehearsals {

    private final PastRuns runs;
    private final Projects projects;

    RecordedRehearsals(PastRuns runs, Projects projects) {
        this.runs = runs;
        this.projects = projects;
    }

    @Override
    public Optional<Rehearsal> latest(String slug) {
        return find(projects.get(slug), _ -> true);
    }

    @Override
    public Optional<Rehearsal> of(String slug, int run) {
        return find(projects.get(slug), candidate -> candidate.number() == run);
    }

    /** The last rehearsal of this switch. */
    Optional<Rehearsal> latest(Project project, ProcedureName rehearsed) {
        return find(
                project,
                run -> run.evidence()
                        .get(Evidence.REHEARSED)
                        .filter(rehearsed::equals)
                        .isPresent());
    }

    private Optional<Rehearsal> find(Project project, Predicate<Run> meant) {
        return runs.lastSuccess(project.id(), run -> run.procedure() == ProcedureName.REHEARSE && meant.test(run))
                .map(run -> read(project, run));
    }

    private Rehearsal read(Project project, Run run) {
        List<Part> parts = window(run);
        Load load = Measured.load(run.evidence());
        long pause = Objects.requireNonNullElse(run.pauseMillis(), 0L);
        return new Rehearsal(
                run.number(),
                run.evidence().get(Evidence.REHEARSED).orElseThrow(),
                run.evidence().get(Evidence.REHEARSED_PLAN).orElse(""),
                Objects.requireNonNull(run.endedAt()),
                pause,
                parts,
                load,
                Forecasting.of(
                        parts,
                        load,
                        restOfLastSwitch(project),
                        project.settings().pauseBudget()));
    }

    /**
     * What was done while clients were held, in the order in which it began. PAUSE counts from its last attempt, as the
     * pause itself does.
     */
    private List<Part> window(Run run) {
        OptionalLong hold = Measured.holdMillis(run.evidence());
        List<JournalEntry> journal = runs.journal(run);
        List<String> begun = journal.stream()
                .filter(row -> row.event() == Event.STARTED)
                .map(JournalEntry::step)
                .toList();
        return journal.stream()
                .filter(row -> row.part() == Plan.Part.WINDOW && row.event() == Event.SUCCEEDED)
                .sorted(Comparator.comparingInt(row -> begun.indexOf(row.step())))
                .map(row -> part(row, hold))
                .toList();
    }

    private static Part part(JournalEntry row, OptionalLong hold) {
        long micros = Objects.requireNonNullElse(row.durationMicros(), 0L);
        return new Part(
                row.step(),
                row.step().equals(Forecasting.PAUSE) && hold.isPresent() ? hold.getAsLong() * 1_000 : micros);
    }

    /**
     * How long the last switch took for what a rehearsal leaves out, in milliseconds. One that changed hands held
     * clients for as long as nobody drove it, and tells nothing.
     */
    private OptionalLong restOfLastSwitch(Project project) {
        return runs.lastSuccess(
                        project.id(),
                        run -> run.procedure().isSwitch()
                                && run.epoch() == 1
                                && Measured.holdMillis(run.evidence()).isPresent())
                .map(run -> OptionalLong.of(
                        Forecasting.rest(Objects.requireNonNullElse(run.pauseMillis(), 0L), window(run))))
                .orElse(OptionalLong.empty());
    }
}
