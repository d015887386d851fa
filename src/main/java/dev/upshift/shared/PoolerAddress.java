package dev.upshift.shared;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A PgBouncer in front of the clusters.
 *
 * @param name what people call it, unique in its project
 * @param console where its console answers; the user must be in {@code admin_users}
 * @param configuration where the {@code [databases]} entries are kept that Upshift rewrites
 * @param application a login of the application's with which it is proven that clients get through; null where none is
 *     known
 */
public record PoolerAddress(
        String name,
        Endpoint console,
        ConfigurationLocation configuration,
        @Nullable ApplicationLogin application) {

    /** A pooler of which no login of the application's is known. */
    public PoolerAddress(String name, Endpoint console, ConfigurationLocation configuration) {
        this(name, console, configuration, null);
    }

    /**
     * Where a client signs in, and as whom: as the application where a login of its is known, else as the console's
     * user.
     */
    public Endpoint client() {
        return Optional.ofNullable(application)
                .map(login -> new Endpoint(
                        console.host(), console.port(), login.username(), login.password(), console.sslMode()))
                .orElse(console);
    }

    /**
     * Where a pooler's configuration lies.
     *
     * @param type the configuration store that can read and write it, e.g. {@code file}
     * @param path the place within that store, e.g. {@code /etc/pgbouncer/databases.ini}
     */
    public record ConfigurationLocation(String type, String path) {}

    /** A role of the application's and its password; prints without the password. */
    public record ApplicationLogin(String username, Secret password) {}
}
