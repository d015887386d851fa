package dev.upshift.project.internal;

import dev.upshift.project.Cluster;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.internal.ProjectRow.ClusterRow;
import dev.upshift.project.internal.ProjectRow.PoolerRow;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ApplicationLogin;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Turns rows into projects and back, decrypting and encrypting what is secret. */
@Component
class ProjectMapping {

    private final SecretCipher cipher;

    ProjectMapping(SecretCipher cipher) {
        this.cipher = cipher;
    }

    Project toProject(ProjectRow row) {
        return new Project(
                Objects.requireNonNull(row.id()),
                row.slug(),
                row.name(),
                cluster(Objects.requireNonNull(row.clusters().get(Side.SOURCE))),
                cluster(Objects.requireNonNull(row.clusters().get(Side.TARGET))),
                List.copyOf(row.databases()),
                row.poolers().stream().map(this::pooler).toList(),
                row.settings(),
                row.phase(),
                row.servingSide(),
                Objects.requireNonNull(row.revision()),
                row.createdAt(),
                row.phaseChangedAt());
    }

    Map<Side, ClusterRow> clusters(ProjectDraft draft) {
        return Map.of(Side.SOURCE, row(draft.source()), Side.TARGET, row(draft.target()));
    }

    List<PoolerRow> poolers(ProjectDraft draft) {
        return draft.poolers().stream().map(this::row).toList();
    }

    private Cluster cluster(ClusterRow row) {
        Endpoint endpoint = new Endpoint(
                row.host(),
                row.port(),
                row.username(),
                cipher.decrypt(row.password()),
                SslMode.ofParameter(row.sslMode()));
        return new Cluster(endpoint, row.peerHost(), row.peerPort(), row.majorVersion());
    }

    private ClusterRow row(Cluster cluster) {
        Endpoint endpoint = cluster.endpoint();
        return new ClusterRow(
                endpoint.host(),
                endpoint.port(),
                endpoint.username(),
                cipher.encrypt(endpoint.password()),
                endpoint.sslMode().parameter(),
                cluster.peerHost(),
                cluster.peerPort(),
                cluster.majorVersion());
    }

    private PoolerAddress pooler(PoolerRow row) {
        Endpoint console = new Endpoint(
                row.host(),
                row.port(),
                row.username(),
                cipher.decrypt(row.password()),
                SslMode.ofParameter(row.sslMode()));
        String application = row.applicationUsername();
        return new PoolerAddress(
                row.name(),
                console,
                new ConfigurationLocation(row.configType(), row.configPath()),
                application == null
                        ? null
                        : new ApplicationLogin(application, cipher.decrypt(row.applicationPassword())));
    }

    private PoolerRow row(PoolerAddress pooler) {
        Endpoint console = pooler.console();
        ApplicationLogin application = pooler.application();
        return new PoolerRow(
                pooler.name(),
                console.host(),
                console.port(),
                console.username(),
                cipher.encrypt(console.password()),
                console.sslMode().parameter(),
                pooler.configuration().type(),
                pooler.configuration().path(),
                application == null ? null : application.username(),
                application == null ? null : cipher.encrypt(application.password()));
    }
}
