package dev.upshift.dashboard.web.tables;

import dev.upshift.dashboard.web.Mark;
import dev.upshift.dashboard.web.Tone;
import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.TableProgress.State;

/** One table as pages show it. */
public record TableRow(TableProgress progress, Mark mark) {

    public static TableRow of(TableProgress progress) {
        return new TableRow(progress, mark(progress.state()));
    }

    /** The state in words. */
    static Mark mark(State state) {
        return switch (state) {
            case PENDING -> new Mark(Tone.IDLE, "not replicated yet");
            case INITIALIZING -> new Mark(Tone.IDLE, "waits for its copy");
            case COPYING -> new Mark(Tone.BUSY, "copying");
            case FINISHED_COPY -> new Mark(Tone.BUSY, "copied, catching up");
            case SYNCHRONIZED -> new Mark(Tone.BUSY, "caught up");
            case READY -> new Mark(Tone.GOOD, "ready");
            case ERROR -> new Mark(Tone.BAD, "failing");
        };
    }
}
