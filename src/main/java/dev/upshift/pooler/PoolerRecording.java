package dev.upshift.pooler;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes ports that record what they would do to poolers and their files: they read the real configurations, touch no
 * console, note what they would do, and from then on answer as if it had been done, every pooler had obeyed and nobody
 * else answered at its address.
 */
public interface PoolerRecording {

    /**
     * @param record gets everything that would be done, in order, on the calling thread
     * @param clients go where configurations would lead them by then
     */
    PoolerPorts into(Consumer<RecordedAction> record, Function<ConfigurationStores, PoolerClients> clients);
}
