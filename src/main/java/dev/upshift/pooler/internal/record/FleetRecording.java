package dev.upshift.pooler.internal.record;

import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.PoolerRecording;
import dev.upshift.pooler.RecordedAction;
import dev.upshift.pooler.RecordingPoolers;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Puts recording fleets over the configurations that the real stores have. */
@Component
final class FleetRecording implements PoolerRecording {

    private final ConfigurationStores stores;

    FleetRecording(ConfigurationStores stores) {
        this.stores = stores;
    }

    @Override
    public RecordingPoolers into(Consumer<RecordedAction> record) {
        ConfigurationStores recording = new RecordingStores(stores, record);
        return new RecordingPoolers(new RecordingFleets(recording, record), recording);
    }
}
