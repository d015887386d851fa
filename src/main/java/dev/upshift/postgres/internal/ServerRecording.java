package dev.upshift.postgres.internal;

import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.Fence;
import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.PostgresRecording;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.Recorded;
import dev.upshift.postgres.RecordingPorts;
import dev.upshift.postgres.Sequences;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Puts the recording ports over the real ones, so that the text of every statement comes from where it will come from. */
@Component
class ServerRecording implements PostgresRecording {

    private final DriverSessions sessions;
    private final Catalog catalog;
    private final ServerLinks links;
    private final Slots slots;
    private final Subscriptions subscriptions;
    private final SubscriptionRemoval removal;
    private final Sequences sequences;
    private final Fence fence;
    private final HelperSchema helperSchema;
    private final SchemaCopyRecording schemaCopy;

    ServerRecording(
            DriverSessions sessions,
            Catalog catalog,
            ServerLinks links,
            Slots slots,
            Subscriptions subscriptions,
            SubscriptionRemoval removal,
            Sequences sequences,
            Fence fence,
            HelperSchema helperSchema,
            SchemaCopyRecording schemaCopy) {
        this.sessions = sessions;
        this.catalog = catalog;
        this.links = links;
        this.slots = slots;
        this.subscriptions = subscriptions;
        this.removal = removal;
        this.sequences = sequences;
        this.fence = fence;
        this.helperSchema = helperSchema;
        this.schemaCopy = schemaCopy;
    }

    @Override
    public RecordingPorts into(Consumer<Recorded> record) {
        Set<String> created = new HashSet<>();
        PostgresSessions recording = new RecordingSessions(sessions, created, record);
        return new RecordingPorts(
                recording,
                new RecordingCatalog(catalog, created),
                new RecordingLinks(links, slots, subscriptions, removal),
                new RecordingSequences(sequences),
                new RecordingFence(fence),
                new RecordingHelperSchema(helperSchema),
                schemaCopy.into(recording, created, record));
    }
}
