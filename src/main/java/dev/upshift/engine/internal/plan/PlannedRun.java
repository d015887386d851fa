package dev.upshift.engine.internal.plan;

import dev.upshift.engine.procedure.RunContext;
import java.util.HashMap;
import java.util.Map;

/** A run that is only planned: remembers what its steps tell it, and writes nothing down. */
final class PlannedRun implements RunContext {

    private final Map<String, String> facts = new HashMap<>();

    @Override
    public Map<String, String> facts() {
        return facts;
    }

    @Override
    public void remember(String sentence, Map<String, String> more) {
        facts.putAll(more);
    }

    @Override
    public void progress(String sentence) {}

    @Override
    public void stopIfAborted() {}

    @Override
    public boolean isContinued() {
        return false;
    }
}
