package dev.upshift.pooler.internal.record;

import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.PoolerClients;
import dev.upshift.pooler.PoolerPorts;
import dev.upshift.pooler.PoolerProcesses.Processes;
import dev.upshift.pooler.PoolerRecording;
import dev.upshift.pooler.RecordedAction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Puts recording fleets over the configurations that the real stores have. */
@Component
final class FleetRecording implements PoolerRecording {

    private final ConfigurationStores stores;

    FleetRecording(ConfigurationStores stores) {
        this.stores = stores;
    }

    @Override
    public PoolerPorts into(Consumer<RecordedAction> record, Function<ConfigurationStores, PoolerClients> clients) {
        ConfigurationStores recording = new RecordingStores(stores, record);
        return new PoolerPorts(
                new RecordingFleets(recording, record), recording, clients.apply(recording), _ -> Processes.ALONE);
    }
}
