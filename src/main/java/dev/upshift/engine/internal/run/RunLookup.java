package dev.upshift.engine.internal.run;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.Procedures.PauseReading;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunRefused;
import dev.upshift.engine.internal.record.Journal;
import dev.upshift.engine.internal.record.RunRecords;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds the runs of projects, and what is written down of them. */
@Component
class RunLookup {

    private final Projects projects;
    private final RunRecords records;
    private final Journal journal;
    private final ExecutingRuns executing;

    RunLookup(Projects projects, RunRecords records, Journal journal, ExecutingRuns executing) {
        this.projects = projects;
        this.records = records;
        this.journal = journal;
        this.executing = executing;
    }

    Project project(String slug) {
        return projects.get(slug);
    }

    Run existing(Project project, int number) {
        return records.find(project.id(), number).orElseThrow(() -> noSuchRun(number));
    }

    Optional<Run> run(String slug, int number) {
        return records.find(projects.get(slug).id(), number);
    }

    List<Run> runs(String slug) {
        return records.of(projects.get(slug).id());
    }

    List<JournalEntry> journal(String slug, int number) {
        return run(slug, number).map(this::journal).orElseThrow(() -> noSuchRun(number));
    }

    List<JournalEntry> journal(Run run) {
        return journal.of(run.id());
    }

    Optional<PauseReading> pause(String slug, int number) {
        return run(slug, number).flatMap(run -> executing.pause(run.id()));
    }

    private static RunRefused noSuchRun(int number) {
        return RunRefused.because("There is no run " + number + " in this project.");
    }
}
