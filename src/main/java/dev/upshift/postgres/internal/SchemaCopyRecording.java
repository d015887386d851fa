package dev.upshift.postgres.internal;

import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.Recorded;
import dev.upshift.postgres.SchemaCopy;
import java.util.Set;
import java.util.function.Consumer;

/** Makes schema copies that record. */
public interface SchemaCopyRecording {

    /**
     * @param sessions to look at servers with
     * @param created gets the databases that would have been created, as {@code host:port/name}
     */
    SchemaCopy into(PostgresSessions sessions, Set<String> created, Consumer<Recorded> record);
}
