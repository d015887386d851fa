package dev.upshift.project;

import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ApplicationLogin;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A project as posted, in JSON or by a form: both have the same names for the same things. What is missing becomes empty
 * or the default here; whether that is good enough is for the project's rules to say, all at once.
 */
public record ProjectRequest(
        @Nullable String slug,
        @Nullable String name,
        @Nullable ClusterRequest source,
        @Nullable ClusterRequest target,
        @Nullable List<@Nullable String> databases,
        @Nullable List<PoolerRequest> poolers,
        @Nullable ProjectSettings settings) {

    private static final int POSTGRES_PORT = 5432;
    private static final int PGBOUNCER_PORT = 6432;

    /** What would have to be posted to get this project, without passwords: what a PATCH is merged into. */
    public static ProjectRequest of(Project project) {
        return new ProjectRequest(
                project.slug(),
                project.name(),
                ClusterRequest.of(project.source()),
                ClusterRequest.of(project.target()),
                List.copyOf(project.databases()),
                project.poolers().stream().map(PoolerRequest::of).toList(),
                project.settings());
    }

    /** What a form begins with. */
    public static ProjectRequest fresh() {
        return new ProjectRequest(
                null,
                null,
                ClusterRequest.FRESH,
                ClusterRequest.FRESH,
                null,
                List.of(PoolerRequest.FRESH),
                ProjectSettings.DEFAULTS);
    }

    public ProjectDraft toDraft() {
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
                or(settings, ProjectSettings.DEFAULTS));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return Objects.requireNonNullElse(value, otherwise);
    }

    private static final Secret NONE = new Secret("");

    /** One of the two clusters. */
    public record ClusterRequest(
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String username,
            @Nullable Secret password,
            @Nullable SslMode sslMode,
            @Nullable String peerHost,
            @Nullable Integer peerPort) {

        private static final ClusterRequest EMPTY = new ClusterRequest(null, null, null, null, null, null, null);

        private static final ClusterRequest FRESH =
                new ClusterRequest(null, POSTGRES_PORT, null, null, SslMode.PREFER, null, null);

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
    public record PoolerRequest(
            @Nullable String name,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String username,
            @Nullable Secret password,
            @Nullable SslMode sslMode,
            @Nullable ConfigRequest config,
            @Nullable ApplicationRequest application) {

        private static final PoolerRequest EMPTY = new PoolerRequest(null, null, null, null, null, null, null, null);

        private static final PoolerRequest FRESH =
                new PoolerRequest(null, null, PGBOUNCER_PORT, null, null, SslMode.PREFER, null, null);

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
    public record ApplicationRequest(
            @Nullable String username, @Nullable Secret password) {

        private ApplicationLogin toLogin() {
            return new ApplicationLogin(orEmpty(username), or(password, NONE));
        }
    }

    /** Where a pooler's entries are kept. */
    public record ConfigRequest(
            @Nullable String type, @Nullable String path) {}
}
