package dev.upshift.pooler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.pooler.ConfigurationStore.StoreFailed;
import dev.upshift.pooler.internal.configuration.TestStores;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a switch relies on, whatever keeps the configuration: the test of a store extends this. */
public abstract class ConfigurationStoreContract {

    private static final String BEFORE = "; kept as it is \r\n[databases]\r\nshop = host=old ; é\r\n";
    private static final PoolerConfiguration NEXT = TestStores.format().read("[databases]\nshop = host=new\n");
    private static final PoolerConfiguration OTHER = TestStores.format().read("[databases]\nshop = host=other\n");

    /** The store, with this text at a place of its own. */
    protected abstract Stored stored(String text) throws IOException;

    /** A place where nothing is kept. */
    protected abstract ConfigurationLocation nowhere();

    @Test
    void keepsTheTextToTheByte() throws IOException {
        assertThat(stored(BEFORE).text()).isEqualTo(BEFORE);
    }

    @Test
    void neitherProbingNorStagingChangesWhatThePoolerReads() throws IOException {
        Stored stored = stored(BEFORE);

        stored.store.stage(stored.at, NEXT);
        stored.store.probe(stored.at);

        assertThat(stored.text()).isEqualTo(BEFORE);
    }

    @Test
    void activatesWhatWasStagedLastAndNotWhatWasTakenBack() throws IOException {
        Stored stored = stored(BEFORE);

        stored.store.stage(stored.at, OTHER);
        stored.store.unstage(stored.at);
        assertThatThrownBy(() -> stored.store.activate(stored.at, stored.hash)).isInstanceOf(StoreFailed.class);
        stored.store.stage(stored.at, OTHER);
        stored.store.stage(stored.at, NEXT);
        stored.store.activate(stored.at, stored.hash);

        assertThat(stored.text()).isEqualTo(NEXT.text());
    }

    /** Whoever takes a run over does not know whether it was done. */
    @Test
    void anActivationThatWasDoneCanBeRepeated() throws IOException {
        Stored stored = stored(BEFORE);

        stored.store.stage(stored.at, NEXT);
        stored.store.activate(stored.at, stored.hash);
        stored.store.activate(stored.at, stored.hash);
        stored.store.unstage(stored.at);
        stored.store.unstage(stored.at);

        assertThat(stored.text()).isEqualTo(NEXT.text());
    }

    @Test
    void whatSomethingElseHasChangedIsLeftAlone() throws IOException {
        Stored stored = stored(BEFORE);
        stored.store.replace(stored.at, OTHER, stored.hash);

        assertThatThrownBy(() -> stored.store.replace(stored.at, NEXT, stored.hash))
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining(stored.at.path());
        assertThat(stored.text()).isEqualTo(OTHER.text());
    }

    @Test
    void aPlaceThatDoesNotExistIsNamed() throws IOException {
        ConfigurationStore store = stored(BEFORE).store;

        assertThatThrownBy(() -> store.read(nowhere()))
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining(nowhere().path());
        assertThatThrownBy(() -> store.probe(nowhere())).isInstanceOf(StoreFailed.class);
    }

    /**
     * A store with a configuration in it.
     *
     * @param hash of the configuration at first
     */
    protected record Stored(ConfigurationStore store, ConfigurationLocation at, String hash) {

        public static Stored in(ConfigurationStore store, ConfigurationLocation at) {
            return new Stored(store, at, store.read(at).hash());
        }

        String text() {
            return store.read(at).text();
        }
    }
}
