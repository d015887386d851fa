package dev.upshift.dashboard.preview;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.Procedures.PauseReading;
import dev.upshift.engine.Run;
import dev.upshift.monitoring.Monitoring.Sample;
import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.TableProgress;
import dev.upshift.project.Project;
import dev.upshift.verification.Verifications.Verification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One made-up project with all that the pages may ask for. */
record MadeUp(
        Project project,
        @Nullable ReplicationSnapshot snapshot,
        List<Sample> samples,
        List<TableProgress> tables,
        List<Run> runs,
        Map<Integer, List<JournalEntry>> journals,
        @Nullable PauseReading pause,
        @Nullable Verification verification) {

    MadeUp with(ReplicationSnapshot seen, List<Sample> history) {
        return new MadeUp(project, seen, history, tables, runs, journals, pause, verification);
    }

    MadeUp with(List<TableProgress> progress) {
        return new MadeUp(project, snapshot, samples, progress, runs, journals, pause, verification);
    }

    /** Newest first. */
    MadeUp with(Run run, List<JournalEntry> journal) {
        List<Run> all = new ArrayList<>(runs);
        all.addFirst(run);
        Map<Integer, List<JournalEntry>> texts = new HashMap<>(journals);
        texts.put(run.number(), journal);
        return new MadeUp(project, snapshot, samples, tables, List.copyOf(all), Map.copyOf(texts), pause, verification);
    }

    MadeUp with(PauseReading reading) {
        return new MadeUp(project, snapshot, samples, tables, runs, journals, reading, verification);
    }

    MadeUp with(Verification comparison) {
        return new MadeUp(project, snapshot, samples, tables, runs, journals, pause, comparison);
    }
}
