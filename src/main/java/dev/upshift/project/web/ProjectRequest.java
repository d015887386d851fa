package dev.upshift.project.web;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.upshift.project.Acceptance;
import dev.upshift.project.Cluster;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ApplicationLogin;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A project as posted. What is missing becomes empty or the default here; whether that is good enough is for the
 * project's rules to say, all at once.
 */
record ProjectRequest(
        @Nullable String slug,
        @Nullable String name,
        @Nullable ClusterRequest source,
        @Nullable ClusterRequest target,
        @Nullable List<@Nullable String> databases,
        @Nullable List<PoolerRequest> poolers,
        @Nullable SettingsRequest settings) {

    private static final int POSTGRES_PORT = 5432;
    private static final int PGBOUNCER_PORT = 6432;

    /** What would have to be posted to get this project, without passwords: what a PATCH is merged into. */
    static ProjectRequest of(Project project) {
        return new ProjectRequest(
                project.slug(),
                project.name(),
                ClusterRequest.of(project.source()),
                ClusterRequest.of(project.target()),
                List.copyOf(project.databases()),
                project.poolers().stream().map(PoolerRequest::of).toList(),
                SettingsRequest.of(project.settings()));
    }

    ProjectDraft toDraft() {
        return new ProjectDraft(
                orEmpty(slug),
                orEmpty(name).strip(),
                (source == null ? ClusterRequest.EMPTY : source).toCluster(),
                (target == null ? ClusterRequest.EMPTY : target).toCluster(),
                databases == null
                        ? List.of()
                        : databases.stream().map(ProjectRequest::orEmpty).toList(),
                poolers == null
                        ? List.of()
                        : poolers.stream()
                                .map(pooler -> Objects.requireNonNullElse(pooler, PoolerRequest.EMPTY)
                                        .toAddress())
                                .toList(),
                settings == null ? ProjectSettings.DEFAULTS : settings.toSettings());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return Objects.requireNonNullElse(value, otherwise);
    }

    private static final Secret NONE = new Secret("");

    /** One of the two clusters. */
    record ClusterRequest(
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String username,
            @Nullable Secret password,
            @Nullable SslMode sslMode,
            @Nullable String peerHost,
            @Nullable Integer peerPort) {

        private static final ClusterRequest EMPTY = new ClusterRequest(null, null, null, null, null, null, null);

        private static ClusterRequest of(Cluster cluster) {
            Endpoint endpoint = cluster.endpoint();
            return new ClusterRequest(
                    endpoint.host(),
                    endpoint.port(),
                    endpoint.username(),
                    null,
                    endpoint.sslMode(),
                    cluster.peerHost(),
                    cluster.peerPort());
        }

        private Cluster toCluster() {
            Endpoint endpoint = new Endpoint(
                    orEmpty(host).strip(),
                    or(port, POSTGRES_PORT),
                    orEmpty(username),
                    or(password, NONE),
                    or(sslMode, SslMode.PREFER));
            return new Cluster(endpoint, peerHost == null || peerHost.isBlank() ? null : peerHost, peerPort, null);
        }
    }

    /** A PgBouncer. */
    record PoolerRequest(
            @Nullable String name,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String username,
            @Nullable Secret password,
            @Nullable SslMode sslMode,
            @Nullable ConfigRequest config,
            @Nullable ApplicationRequest application) {

        private static final PoolerRequest EMPTY = new PoolerRequest(null, null, null, null, null, null, null, null);

        private static PoolerRequest of(PoolerAddress pooler) {
            Endpoint console = pooler.console();
            ApplicationLogin application = pooler.application();
            return new PoolerRequest(
                    pooler.name(),
                    console.host(),
                    console.port(),
                    console.username(),
                    null,
                    console.sslMode(),
                    new ConfigRequest(
                            pooler.configuration().type(),
                            pooler.configuration().path()),
                    application == null ? null : new ApplicationRequest(application.username(), null));
        }

        private PoolerAddress toAddress() {
            Endpoint console = new Endpoint(
                    orEmpty(host).strip(),
                    or(port, PGBOUNCER_PORT),
                    orEmpty(username),
                    or(password, NONE),
                    or(sslMode, SslMode.PREFER));
            return new PoolerAddress(
                    orEmpty(name).strip(),
                    console,
                    config == null
                            ? new ConfigurationLocation("", "")
                            : new ConfigurationLocation(orEmpty(config.type()), orEmpty(config.path())),
                    application == null ? null : application.toLogin());
        }
    }

    /** A login of the application's, with which clients' way through a pooler is proven. */
    record ApplicationRequest(
            @Nullable String username, @Nullable Secret password) {

        private ApplicationLogin toLogin() {
            return new ApplicationLogin(orEmpty(username), or(password, NONE));
        }
    }

    /** Where a pooler's entries are kept. */
    record ConfigRequest(@Nullable String type, @Nullable String path) {}

    /** What a project may tune; what is missing is as by default. */
    record SettingsRequest(
            @Nullable Long lagThresholdBytes,
            @Nullable Duration pauseBudget,
            @Nullable Integer pauseAttempts,
            @Nullable Integer sequenceMargin,
            @Nullable Duration longTransactionLimit,
            @Nullable Boolean hardFence,
            @Nullable Integer copyJobs,
            @Nullable Boolean binaryCopy,
            @Nullable Boolean rehearsalRequired,
            @Nullable Duration rehearsalMaxAge,
            @JsonSetter(contentNulls = Nulls.FAIL) @Nullable List<Acceptance> accepted) {

        private static SettingsRequest of(ProjectSettings settings) {
            return new SettingsRequest(
                    settings.lagThresholdBytes(),
                    settings.pauseBudget(),
                    settings.pauseAttempts(),
                    settings.sequenceMargin(),
                    settings.longTransactionLimit(),
                    settings.hardFence(),
                    settings.copyJobs(),
                    settings.binaryCopy(),
                    settings.rehearsalRequired(),
                    settings.rehearsalMaxAge(),
                    settings.accepted());
        }

        private ProjectSettings toSettings() {
            ProjectSettings defaults = ProjectSettings.DEFAULTS;
            return new ProjectSettings(
                    or(lagThresholdBytes, defaults.lagThresholdBytes()),
                    or(pauseBudget, defaults.pauseBudget()),
                    or(pauseAttempts, defaults.pauseAttempts()),
                    or(sequenceMargin, defaults.sequenceMargin()),
                    or(longTransactionLimit, defaults.longTransactionLimit()),
                    or(hardFence, defaults.hardFence()),
                    or(copyJobs, defaults.copyJobs()),
                    or(binaryCopy, defaults.binaryCopy()),
                    or(rehearsalRequired, defaults.rehearsalRequired()),
                    or(rehearsalMaxAge, defaults.rehearsalMaxAge()),
                    or(accepted, defaults.accepted()));
        }
    }
}
