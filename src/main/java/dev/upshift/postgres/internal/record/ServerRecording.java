package dev.upshift.postgres.internal.record;

import dev.upshift.postgres.PostgresRecording;
import dev.upshift.postgres.Recorded;
import dev.upshift.postgres.ServerPorts;
import dev.upshift.postgres.internal.schema.SchemaCopyRecording;
import dev.upshift.postgres.internal.session.DriverSessions;
import dev.upshift.postgres.session.PostgresSessions;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Puts the recording ports over the real ones, so that the text of every statement comes from where it will come from. */
@Component
class ServerRecording implements PostgresRecording {

    private final ServerPorts real;
    private final DriverSessions sessions;
    private final LinkRecording links;
    private final SchemaCopyRecording schemaCopy;

    ServerRecording(ServerPorts real, DriverSessions sessions, LinkRecording links, SchemaCopyRecording schemaCopy) {
        this.real = real;
        this.sessions = sessions;
        this.links = links;
        this.schemaCopy = schemaCopy;
    }

    @Override
    public ServerPorts into(Consumer<Recorded> record) {
        Set<String> created = new HashSet<>();
        PostgresSessions recording = new RecordingSessions(sessions, created, record);
        return new ServerPorts(
                recording,
                new RecordingCatalog(real.catalog(), created),
                links.ofOnePlan(),
                new RecordingSequences(real.sequences()),
                new RecordingFence(real.fence()),
                new RecordingHelperSchema(real.helperSchema()),
                schemaCopy.into(recording, created, record),
                real.roleLevelling(),
                real.targetCleaning(),
                real.statistics(),
                real.roles(),
                real.eventTriggers(),
                real.workerErrors(),
                real.questions());
    }
}
