package dev.upshift.postgres;

import java.util.function.Consumer;

/** Makes ports that record what they would change; each set of them remembers what it pretends to have changed. */
public interface PostgresRecording {

    /** @param record gets everything that would be done, in order, on the calling thread */
    ServerPorts into(Consumer<Recorded> record);
}
