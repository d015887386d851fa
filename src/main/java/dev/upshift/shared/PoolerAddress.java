package dev.upshift.shared;

/**
 * A PgBouncer in front of the clusters.
 *
 * @param name what people call it, unique in its project
 * @param console where its console answers; the user must be in {@code admin_users}
 * @param configuration where the {@code [databases]} entries are kept that Upshift rewrites
 */
public record PoolerAddress(String name, Endpoint console, ConfigurationLocation configuration) {

    /**
     * Where a pooler's configuration lies.
     *
     * @param type the configuration store that can read and write it; {@code file} is the only one so far
     * @param path the place within that store, e.g. {@code /etc/pgbouncer/databases.ini}
     */
    public record ConfigurationLocation(String type, String path) {}
}
