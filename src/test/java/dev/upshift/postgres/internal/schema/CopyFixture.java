package dev.upshift.postgres.internal.schema;

import dev.upshift.lab.LabDirectory;
import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.internal.tool.ToolSettings;
import dev.upshift.postgres.schema.SchemaCopy;
import dev.upshift.postgres.schema.SchemaDrift;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import dev.upshift.shared.Waiting;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** Two clusters, the older with the database {@code warehouse}, and the module that copies between them. */
public final class CopyFixture implements AutoCloseable {

    static final String DATABASE = "warehouse";

    private final LabDirectory directory = LabDirectory.create();
    private final AnnotationConfigApplicationContext module =
            new AnnotationConfigApplicationContext(PostgresModule.class);

    public final PostgresCluster source;
    public final PostgresCluster target;
    public final SchemaCopy copy = module.getBean(SchemaCopy.class);
    final SchemaDrift drift = module.getBean(SchemaDrift.class);
    public final PostgresSessions sessions = module.getBean(PostgresSessions.class);

    public CopyFixture(int sourceMajor, int targetMajor) {
        CompletableFuture<PostgresCluster> starting =
                CompletableFuture.supplyAsync(() -> cluster("target", targetMajor), Thread::startVirtualThread);
        source = cluster("source", sourceMajor);
        source.execute("postgres", "create database " + DATABASE);
        source.execute(DATABASE, text("warehouse.sql"));
        target = starting.join();
    }

    public PostgresSession onSource() {
        return sessions.open(endpoint(source), DATABASE, PostgresSessions.SHORT);
    }

    PostgresSession onTarget() {
        return sessions.open(endpoint(target), DATABASE, PostgresSessions.SHORT);
    }

    public PostgresSession onTargetMaintenance() {
        return sessions.open(endpoint(target), "postgres", PostgresSessions.SHORT);
    }

    /** Roles, and an empty database on the target in place of whatever was there. */
    void freshTarget() {
        target.execute("postgres", "drop database if exists " + DATABASE + " with (force)");
        try (PostgresSession from = onSource();
                PostgresSession to = onTargetMaintenance()) {
            copy.copyRoles(from, to);
            copy.createDatabase(from, to);
        }
    }

    SchemaCopy.SchemaArchive dump() {
        try (PostgresSession to = onTargetMaintenance()) {
            return copy.dump(endpoint(source), DATABASE, to.version());
        }
    }

    void restore(SchemaCopy.SchemaArchive archive) {
        copy.restore(archive, endpoint(target), DATABASE);
    }

    SchemaCopy.SchemaComparison compare(boolean withoutHeldBack) {
        try (PostgresSession from = onSource();
                PostgresSession to = onTarget()) {
            return copy.compare(from, to, withoutHeldBack);
        }
    }

    @Override
    public void close() {
        source.close();
        target.close();
        module.close();
        directory.close();
    }

    static Endpoint endpoint(PostgresCluster cluster) {
        return endpoint(cluster, Login.UPSHIFT);
    }

    public static Endpoint endpoint(PostgresCluster cluster, Login login) {
        return new Endpoint(
                PostgresCluster.HOST, cluster.port(), login.user(), new Secret(login.password()), SslMode.PREFER);
    }

    static String text(String resource) {
        return SqlResource.read(CopyFixture.class, resource);
    }

    private PostgresCluster cluster(String name, int major) {
        return PostgresCluster.of(major, directory).named(name).durable(false).start();
    }

    @TestConfiguration // or the application's own scan would find it
    @ComponentScan("dev.upshift.postgres")
    @EnableConfigurationProperties(ToolSettings.class)
    @Import(Waiting.class)
    static class PostgresModule {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        JsonMapper json() {
            return JsonMapper.builder().build();
        }
    }
}
