package dev.upshift.pooler;

import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import java.util.Set;

/** The configuration stores of this installation, by type. */
public interface ConfigurationStores extends Port {

    /** @throws IllegalArgumentException naming the known types if there is none for this location */
    @Looks
    ConfigurationStore of(ConfigurationLocation location);

    @Looks
    Set<String> types();
}
