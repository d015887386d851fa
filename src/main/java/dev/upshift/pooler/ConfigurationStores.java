package dev.upshift.pooler;

import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import java.util.Set;

/** The configuration stores of this installation, by type. */
public interface ConfigurationStores {

    /** @throws IllegalArgumentException naming the known types if there is none for this location */
    ConfigurationStore of(ConfigurationLocation location);

    Set<String> types();
}
