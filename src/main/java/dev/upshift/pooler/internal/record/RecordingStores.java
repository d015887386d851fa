package dev.upshift.pooler.internal.record;

import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.pooler.RecordedAction;
import dev.upshift.pooler.RecordedAction.Kind;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the real configurations; what is written to them is noted and remembered. */
final class RecordingStores implements ConfigurationStores {

    private final ConfigurationStores real;
    private final Consumer<RecordedAction> record;
    private final Map<ConfigurationLocation, PoolerConfiguration> active = new HashMap<>();
    private final Map<ConfigurationLocation, PoolerConfiguration> staged = new HashMap<>();

    RecordingStores(ConfigurationStores real, Consumer<RecordedAction> record) {
        this.real = real;
        this.record = record;
    }

    @Override
    public ConfigurationStore of(ConfigurationLocation location) {
        return new RecordingStore(real.of(location));
    }

    @Override
    public List<String> types() {
        return real.types();
    }

    private final class RecordingStore implements ConfigurationStore {

        private final ConfigurationStore store;

        RecordingStore(ConfigurationStore store) {
            this.store = store;
        }

        @Override
        public String type() {
            return store.type();
        }

        @Override
        public PoolerConfiguration read(ConfigurationLocation location) {
            PoolerConfiguration known = active.get(location);
            return known == null ? store.read(location) : known;
        }

        @Override
        public void probe(ConfigurationLocation location) {
            throw new UnsupportedOperationException("No step probes a file");
        }

        @Override
        public void stage(ConfigurationLocation location, PoolerConfiguration next) {
            note(
                    location,
                    "A new version is written beside it, not yet in force:\n"
                            + String.join("\n", read(location).diff(next).lines()));
            staged.put(location, next);
        }

        @Override
        public void activate(ConfigurationLocation location, String expectedHash) {
            PoolerConfiguration next = staged.get(location);
            if (next == null) {
                throw new StoreFailed("Nothing is staged for %s.".formatted(location.path()), null);
            }
            note(location, "The version beside it takes its place.");
            active.put(location, next);
        }

        @Override
        public void unstage(ConfigurationLocation location) {
            if (staged.remove(location) != null) {
                note(location, "The version beside it is removed.");
            }
        }

        private void note(ConfigurationLocation location, String text) {
            record.accept(new RecordedAction(Kind.FILE, location.path(), text, null));
        }
    }
}
