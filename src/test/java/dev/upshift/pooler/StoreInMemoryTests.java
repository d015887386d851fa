package dev.upshift.pooler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.pooler.internal.configuration.TestStores;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A store that is not one of ours, by the steps of CONTRIBUTING. */
class StoreInMemoryTests extends ConfigurationStoreContract {

    @Override
    protected Stored stored(String text) {
        return Stored.in(new StoreInMemory(TestStores.format()).with("shop", text), at("shop"));
    }

    @Override
    protected ConfigurationLocation nowhere() {
        return at("attic");
    }

    /** Being there is its registration; what a form begins with stays the file. */
    @Test
    void isOfferedAndUsedAsSoonAsItIsAComponent() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.scan("dev.upshift.pooler.internal.configuration");
            context.register(StoreInMemory.class);
            context.refresh();
            context.getBean(StoreInMemory.class).with("shop", "shop = host=old\n");
            ConfigurationStores stores = context.getBean(ConfigurationStores.class);

            assertThat(stores.types()).containsExactly("file", "memory");
            assertThat(stores.of(at("shop")).read(at("shop")).entries())
                    .extracting(PoolerConfiguration.Entry::host)
                    .containsExactly("old");
        }
    }

    private static ConfigurationLocation at(String name) {
        return new ConfigurationLocation("memory", name);
    }
}
