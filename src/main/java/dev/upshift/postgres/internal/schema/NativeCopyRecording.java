package dev.upshift.postgres.internal.schema;

import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.Recorded;
import dev.upshift.postgres.SchemaCopy;
import dev.upshift.postgres.internal.SchemaCopyRecording;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Puts the copy that records over the one that is made by PostgreSQL's own programs. */
@Component
class NativeCopyRecording implements SchemaCopyRecording {

    private final SchemaCopy real;
    private final InstalledTools installed;

    NativeCopyRecording(SchemaCopy real, InstalledTools installed) {
        this.real = real;
        this.installed = installed;
    }

    @Override
    public SchemaCopy into(PostgresSessions sessions, Set<String> created, Consumer<Recorded> record) {
        return new RecordingSchemaCopy(real, installed, sessions, created, record);
    }
}
