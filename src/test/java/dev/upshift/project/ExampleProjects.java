package dev.upshift.project;

import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import java.time.Instant;
import java.util.List;

/** Projects whose servers do not exist. */
public final class ExampleProjects {

    public static final Instant CREATED = Instant.parse("2026-03-01T08:00:00Z");

    private ExampleProjects() {}

    /** The project “shop” with one database and two poolers. */
    public static Project shop(Phase phase, Side servingSide) {
        return new Project(
                7,
                "shop",
                "Shop 13 → 17",
                new Cluster(endpoint("db-old", 5432), null, null, 13),
                new Cluster(endpoint("db-new", 5432), null, null, 17),
                List.of("shop"),
                List.of(pooler("bouncer-a"), pooler("bouncer-b")),
                ProjectSettings.DEFAULTS,
                phase,
                servingSide,
                1,
                CREATED,
                CREATED);
    }

    public static Project shop() {
        return shop(Phase.REPLICATING, Side.SOURCE);
    }

    /** The project “shop”, which accepts these. */
    public static Project accepting(List<Acceptance> accepted) {
        return accepting(accepted, ProjectSettings.DEFAULTS.hardFence());
    }

    /** The project “shop”, which accepts these, with the hard fence or without. */
    public static Project accepting(List<Acceptance> accepted, boolean hardFence) {
        Project shop = shop();
        return new Project(
                shop.id(),
                shop.slug(),
                shop.name(),
                shop.source(),
                shop.target(),
                shop.databases(),
                shop.poolers(),
                ProjectSettings.DEFAULTS.with("accepted", accepted).with("hardFence", hardFence),
                shop.phase(),
                shop.servingSide(),
                1,
                CREATED,
                CREATED);
    }

    public static Endpoint endpoint(String host, int port) {
        return new Endpoint(host, port, "upshift", new Secret("old secret"), SslMode.PREFER);
    }

    public static PoolerAddress pooler(String name) {
        return new PoolerAddress(
                name, endpoint(name, 6432), new ConfigurationLocation("file", "/etc/pgbouncer/" + name + ".ini"));
    }
}
