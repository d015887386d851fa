package dev.upshift.project.web;

import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ApplicationLogin;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A project as answered: everything but passwords. */
record ProjectView(
        String slug,
        String name,
        ClusterView source,
        ClusterView target,
        List<String> databases,
        List<PoolerView> poolers,
        ProjectSettings settings,
        Phase phase,
        Side servingSide,
        int revision,
        Instant createdAt,
        Instant phaseChangedAt) {

    static ProjectView of(Project project) {
        return new ProjectView(
                project.slug(),
                project.name(),
                ClusterView.of(project.source()),
                ClusterView.of(project.target()),
                project.databases(),
                project.poolers().stream().map(PoolerView::of).toList(),
                project.settings(),
                project.phase(),
                project.servingSide(),
                project.revision(),
                project.createdAt(),
                project.phaseChangedAt());
    }

    /** A list of projects. */
    record Projects(List<ProjectView> items) {}

    /** @param majorVersion as the last connection test saw it */
    record ClusterView(
            String host,
            int port,
            String username,
            SslMode sslMode,
            @Nullable String peerHost,
            @Nullable Integer peerPort,
            @Nullable Integer majorVersion) {

        private static ClusterView of(Cluster cluster) {
            return new ClusterView(
                    cluster.endpoint().host(),
                    cluster.endpoint().port(),
                    cluster.endpoint().username(),
                    cluster.endpoint().sslMode(),
                    cluster.peerHost(),
                    cluster.peerPort(),
                    cluster.majorVersion());
        }
    }

    /**
     * A PgBouncer.
     *
     * @param application the application's login that proofs use, if one is known
     */
    record PoolerView(
            String name,
            String host,
            int port,
            String username,
            SslMode sslMode,
            ConfigurationLocation config,
            @Nullable ApplicationView application) {

        private static PoolerView of(PoolerAddress pooler) {
            ApplicationLogin application = pooler.application();
            return new PoolerView(
                    pooler.name(),
                    pooler.console().host(),
                    pooler.console().port(),
                    pooler.console().username(),
                    pooler.console().sslMode(),
                    pooler.configuration(),
                    application == null ? null : new ApplicationView(application.username()));
        }
    }

    /** A login of the application's, without its password. */
    record ApplicationView(String username) {}
}
