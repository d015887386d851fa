package dev.upshift.project.internal;

import dev.upshift.project.Cluster;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.util.List;

/** Drafts as a careful person would write them. */
final class ProjectDrafts {

    static final String SOURCE_PASSWORD = "source s3cret ü";
    static final String TARGET_PASSWORD = "target s3cret";
    static final String POOLER_PASSWORD = "pooler s3cret";

    private ProjectDrafts() {}

    static ProjectDraft shop() {
        return shop(ProjectSettings.DEFAULTS);
    }

    static ProjectDraft shop(ProjectSettings settings) {
        return new ProjectDraft(
                "shop",
                "Shop 13 → 17",
                source(),
                new Cluster(endpoint("10.0.0.6", 5432, TARGET_PASSWORD), null, null, null),
                List.of("shop", "Shop archive"),
                List.of(pooler("bouncer-a", "10.0.0.7"), pooler("bouncer-b", "10.0.0.8")),
                settings);
    }

    static Cluster source() {
        return new Cluster(endpoint("10.0.0.5", 5432, SOURCE_PASSWORD), "db-old.internal", 5433, null);
    }

    static PoolerAddress pooler(String name, String host) {
        return new PoolerAddress(
                name,
                endpoint(host, 6432, POOLER_PASSWORD),
                new ConfigurationLocation("file", "/etc/pgbouncer/" + name + ".ini"));
    }

    static Endpoint endpoint(String host, int port, String password) {
        return new Endpoint(host, port, "upshift", new Secret(password), SslMode.PREFER);
    }
}
