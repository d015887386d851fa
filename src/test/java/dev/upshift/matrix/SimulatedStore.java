package dev.upshift.matrix;

import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.ConfigurationStore.StoreFailed;
import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import org.jspecify.annotations.Nullable;

/** The poolers' files, by the rules of the store. */
final class SimulatedStore implements ConfigurationStore {

    private final World world;

    SimulatedStore(World world) {
        this.world = world;
    }

    private Pooler at(ConfigurationLocation location) {
        return world.poolers.stream()
                .filter(pooler -> pooler.address.configuration().equals(location))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String type() {
        return "file";
    }

    @Override
    public PoolerConfiguration read(ConfigurationLocation location) {
        return at(location).file;
    }

    @Override
    public void probe(ConfigurationLocation location) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void stage(ConfigurationLocation location, PoolerConfiguration next) {
        at(location).staged = next;
    }

    @Override
    public void activate(ConfigurationLocation location, String expectedHash) {
        Pooler pooler = at(location);
        @Nullable PoolerConfiguration next = pooler.staged;
        if (next == null) {
            throw new StoreFailed("Nothing is staged.", null);
        }
        if (!pooler.file.hash().equals(next.hash())) {
            if (!pooler.file.hash().equals(expectedHash)) {
                throw new StoreFailed("The configuration was changed by something else.", null);
            }
            pooler.file = next;
        }
    }

    @Override
    public void unstage(ConfigurationLocation location) {
        at(location).staged = null;
    }
}
