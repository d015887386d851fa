package dev.upshift.pooler;

import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store as somebody adds one: it keeps texts under names, and knows of other classes only what all may know. */
public final class StoreInMemory implements ConfigurationStore {

    private final ConfigurationFormat format;
    private final Map<String, String> active = new HashMap<>();
    private final Map<String, String> staged = new HashMap<>();

    public StoreInMemory(ConfigurationFormat format) {
        this.format = format;
    }

    /** Begins with this text under this name. */
    public synchronized StoreInMemory with(String name, String text) {
        active.put(name, text);
        return this;
    }

    @Override
    public String type() {
        return "memory";
    }

    @Override
    public synchronized PoolerConfiguration read(ConfigurationLocation location) {
        return format.read(text(location));
    }

    @Override
    public synchronized void probe(ConfigurationLocation location) {
        text(location);
    }

    @Override
    public synchronized void stage(ConfigurationLocation location, PoolerConfiguration next) {
        text(location);
        staged.put(location.path(), next.text());
    }

    @Override
    public synchronized void activate(ConfigurationLocation location, String expectedHash) {
        String next = staged.get(location.path());
        if (next == null) {
            throw new StoreFailed("Nothing is staged for %s. Stage it again.".formatted(location.path()), null);
        }
        if (text(location).equals(next)) {
            return;
        }
        if (!read(location).hash().equals(expectedHash)) {
            throw new StoreFailed(
                    "%s was changed by something else. Find out by what.".formatted(location.path()), null);
        }
        active.put(location.path(), next);
    }

    @Override
    public synchronized void unstage(ConfigurationLocation location) {
        staged.remove(location.path());
    }

    private String text(ConfigurationLocation location) {
        @Nullable String text = active.get(location.path());
        if (text == null) {
            throw new StoreFailed("There is no text %s. Give the name of one.".formatted(location.path()), null);
        }
        return text;
    }
}
