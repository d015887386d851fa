package dev.upshift.engine.internal.walk;

import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.Step;
import java.util.Map;

/** The run as one of its steps knows it: what it remembers stands under the name of that step. */
record StepContext(Run run, RunJournal journal, AbortRequest abort, Step step) implements RunContext {

    @Override
    public Map<String, String> facts() {
        return journal.facts();
    }

    @Override
    public void remember(String sentence, Map<String, String> found) {
        journal.write(step, Event.PROGRESS, sentence, null, found);
    }

    @Override
    public void progress(String sentence) {
        remember(sentence, Map.of());
    }

    @Override
    public boolean isContinued() {
        return run.status() == RunStatus.BLOCKED;
    }

    @Override
    public void stopIfAborted() {
        abort.stopIfAborted();
    }
}
