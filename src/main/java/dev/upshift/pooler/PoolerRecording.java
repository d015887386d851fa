package dev.upshift.pooler;

import java.util.function.Consumer;

/** Makes ports that record what they would do to poolers and their files; each set of them remembers what it pretends. */
public interface PoolerRecording {

    /** @param record gets everything that would be done, in order, on the calling thread */
    RecordingPoolers into(Consumer<RecordedAction> record);
}
