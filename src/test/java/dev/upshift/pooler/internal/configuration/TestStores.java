package dev.upshift.pooler.internal.configuration;

import dev.upshift.pooler.ConfigurationFormat;
import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.ConfigurationStores;
import java.util.List;

/** Stores put together as the application does it. */
public final class TestStores {

    private TestStores() {}

    public static ConfigurationStore files() {
        return new FileConfigurationStore();
    }

    public static ConfigurationStores known() {
        return known(files());
    }

    /** These, in this order. */
    public static ConfigurationStores known(ConfigurationStore... stores) {
        return new KnownConfigurationStores(List.of(stores));
    }

    public static ConfigurationFormat format() {
        return new IniFormat();
    }
}
