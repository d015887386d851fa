package dev.upshift.pooler;

import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import java.util.List;

/** The configuration stores of this installation, by type. */
public interface ConfigurationStores extends Port {

    /** @throws IllegalArgumentException naming the known types if there is none for this location */
    @Looks
    ConfigurationStore of(ConfigurationLocation location);

    /** In the order in which they are offered. */
    @Looks
    List<String> types();
}
