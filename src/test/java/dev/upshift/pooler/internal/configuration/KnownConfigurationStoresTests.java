package dev.upshift.pooler.internal.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownConfigurationStoresTests {

    private final FileConfigurationStore file = new FileConfigurationStore();
    private final KnownConfigurationStores stores = new KnownConfigurationStores(List.of(file));

    @Test
    void findsTheStoreOfALocation() {
        assertThat(stores.of(new ConfigurationLocation("file", "/etc/pgbouncer/databases.ini")))
                .isSameAs(file);
        assertThat(stores.types()).containsExactly("file");
    }

    @Test
    void namesTheKnownTypesWhenThereIsNone() {
        assertThatThrownBy(() -> stores.of(new ConfigurationLocation("consul", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no configuration store of type consul. Use file.");
    }
}
