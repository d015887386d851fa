package dev.upshift.pooler.internal.configuration;

import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import java.util.List;
import org.springframework.stereotype.Component;

/** Every configuration store that this installation was built with. */
@Component
final class KnownConfigurationStores implements ConfigurationStores {

    private final List<ConfigurationStore> stores;

    KnownConfigurationStores(List<ConfigurationStore> stores) {
        this.stores = List.copyOf(stores);
        if (types().stream().distinct().count() < stores.size()) {
            throw new IllegalStateException(
                    "Two configuration stores have the same type: " + String.join(", ", types()) + ".");
        }
    }

    @Override
    public ConfigurationStore of(ConfigurationLocation location) {
        return stores.stream()
                .filter(store -> store.type().equals(location.type()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no configuration store of type %s. Use %s."
                        .formatted(location.type(), String.join(" or ", types()))));
    }

    @Override
    public List<String> types() {
        return stores.stream().map(ConfigurationStore::type).toList();
    }
}
