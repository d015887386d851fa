package dev.upshift.pooler;

import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import org.jspecify.annotations.Nullable;

/**
 * Where a pooler's configuration is kept. One implementation per {@link #type()}: the {@code file} that this process
 * can write; another one (an agent, a Kubernetes object) is a component that implements this, and is offered by the form
 * and the API by being there. What it reads is made by {@link ConfigurationFormat}. All methods throw {@link
 * StoreFailed}.
 */
public interface ConfigurationStore extends Port {

    /** The type in a {@link ConfigurationLocation} that this store serves. */
    @Looks
    String type();

    @Looks
    PoolerConfiguration read(ConfigurationLocation location);

    /** Tries whether the configuration could be replaced, without touching it or anything that is staged. */
    @Looks
    void probe(ConfigurationLocation location);

    /**
     * Writes and syncs the configuration beside the active one, without effect on the pooler, in one known place; what
     * was staged before is replaced.
     */
    void stage(ConfigurationLocation location, PoolerConfiguration next);

    /**
     * Makes the staged configuration the active one, atomically. What was staged stays until {@link #unstage}, so that
     * an activation whose end nobody noted can be repeated: one that is done already is fine.
     *
     * @param expectedHash of the active configuration as it was read; a different one is refused, because something
     *     else manages the file
     */
    void activate(ConfigurationLocation location, String expectedHash);

    /** Removes what was staged, if anything; also to be called after a successful activation. */
    void unstage(ConfigurationLocation location);

    /** Stages, activates and cleans up in one go. */
    default void replace(ConfigurationLocation location, PoolerConfiguration next, String expectedHash) {
        stage(location, next);
        try {
            activate(location, expectedHash);
        } finally {
            unstage(location);
        }
    }

    /** The configuration could not be read or written; the message names the place and the remedy. */
    final class StoreFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public StoreFailed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
