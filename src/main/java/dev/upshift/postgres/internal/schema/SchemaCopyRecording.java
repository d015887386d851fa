package dev.upshift.postgres.internal.schema;

import dev.upshift.postgres.Recorded;
import dev.upshift.postgres.internal.tool.InstalledTools;
import dev.upshift.postgres.schema.SchemaCopy;
import dev.upshift.postgres.session.PostgresSessions;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Makes schema copies that record. */
@Component
public class SchemaCopyRecording {

    private final SchemaCopy real;
    private final InstalledTools installed;

    SchemaCopyRecording(SchemaCopy real, InstalledTools installed) {
        this.real = real;
        this.installed = installed;
    }

    /**
     * @param sessions to look at servers with
     * @param created gets the databases that would have been created, as {@code host:port/name}
     */
    public SchemaCopy into(PostgresSessions sessions, Set<String> created, Consumer<Recorded> record) {
        return new RecordingSchemaCopy(real, installed, sessions, created, record);
    }
}
