package dev.upshift.pooler.internal.configuration;

import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Every configuration store that this installation was built with. */
@Component
final class KnownConfigurationStores implements ConfigurationStores {

    private final Map<String, ConfigurationStore> byType;

    KnownConfigurationStores(List<ConfigurationStore> stores) {
        this.byType =
                new TreeMap<>(stores.stream().collect(Collectors.toMap(ConfigurationStore::type, Function.identity())));
    }

    @Override
    public ConfigurationStore of(ConfigurationLocation location) {
        ConfigurationStore store = byType.get(location.type());
        if (store == null) {
            throw new IllegalArgumentException("There is no configuration store of type %s. Use %s."
                    .formatted(location.type(), String.join(" or ", byType.keySet())));
        }
        return store;
    }

    @Override
    public Set<String> types() {
        return Set.copyOf(byType.keySet());
    }
}
