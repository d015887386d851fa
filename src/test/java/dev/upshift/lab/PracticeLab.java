package dev.upshift.lab;

import dev.upshift.UpshiftApplication;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/**
 * The practice lab, {@code ./mvnw spring-boot:test-run}: the control plane with everything that it takes to upgrade a
 * live PostgreSQL 13 to 17 and back. All of it is real, on loopback, and ends with the process.
 *
 * <p>The annotation makes this the main class that {@code spring-boot:test-run} takes when tests have several; the
 * profile, which nobody activates, keeps it out of every application context.
 */
@SpringBootApplication
@Profile("never")
public final class PracticeLab {

    private static final Login ADMINISTRATOR = new Login("admin", "practice");
    private static final String PROJECT = "lab";
    private static final String NAME = "Practice lab";
    private static final int DEFAULT_PORT = 8080;
    private static final int CLIENTS = 20;
    private static final int PER_SECOND = 100;
    /** One of 2,767 values every half minute: a lab that is left running over night still has some. */
    private static final Duration BADGE_EVERY = Duration.ofSeconds(30);

    private PracticeLab() {}

    public static void main(String[] arguments) {
        int port = port();
        if (!isFree(port)) {
            System.err.println("Port " + port + " is taken by something else: stop that, or choose another port, for"
                    + " example SERVER_PORT=" + (port + 1) + " ./mvnw spring-boot:test-run");
            System.exit(1);
        }
        LoggingSystem.get(PracticeLab.class.getClassLoader()).setLogLevel("io.zonky.test", LogLevel.WARN);
        System.out.println("Starting the practice lab: a source, a target, two poolers, their clients ...");
        LabWorld world = LabWorld.builder().start();
        LedgerWriters writers = world.startWriters(
                settings -> settings.clients(CLIENTS).perSecond(PER_SECOND).badgeEvery(BADGE_EVERY));
        endAfterControlPlane(world, writers);
        String url = "http://localhost:" + port;
        startControlPlane(world, port, arguments);
        register(world, url);
        System.out.println(welcome(world, url));
    }

    private static void endAfterControlPlane(LabWorld world, LedgerWriters writers) {
        SpringApplication.getShutdownHandlers().add(() -> {
            System.out.println(farewell(writers));
            world.close();
        });
        world.leaveExitToCaller();
    }

    private static void startControlPlane(LabWorld world, int port, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--upshift.data-directory=" + world.directory().resolve("control-plane"),
                "--upshift.bootstrap-password=" + ADMINISTRATOR.password(),
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn",
                "--logging.level.dev.upshift=info"));
        LabTools.foundByBuild("pg_dump")
                .map(Path::getParent)
                .ifPresent(folder -> arguments.add("--upshift.postgres.tools-directory=" + folder));
        arguments.addAll(List.of(more));
        SpringApplication.from(UpshiftApplication::main).with(ProductOnly.class).run(arguments.toArray(String[]::new));
    }

    private static void register(LabWorld world, String url) {
        RestClient.builder()
                .defaultHeaders(headers -> headers.setBasicAuth(ADMINISTRATOR.user(), ADMINISTRATOR.password()))
                .build()
                .post()
                .uri(url + "/api/v1/projects")
                .contentType(MediaType.APPLICATION_JSON)
                .body(LabProject.of(world, PROJECT, NAME, Map.of()))
                .retrieve()
                .toBodilessEntity();
    }

    private static String welcome(LabWorld world, String url) {
        String rule = "-".repeat(100);
        return """

                %1$s
                  The practice lab is ready:  %2$s

                  Sign in     %3$s, password %4$s
                  Click       the project "%12$s", then one after the other: Copy schema, Replicate, Verify,
                              Rehearse, Cut over. The clients go on writing all the time. Roll back and cut over as
                              often as you like; Finish cleans up. Where a confirmation is asked for, the page says
                              what to type: %5$s, or rehearse %5$s

                %6$s
                %7$s
                %8$s
                  Clients     %9$d, together %10$d transactions per second, through all poolers
                  Logs        %11$s

                  Stop with Ctrl-C: all of it goes.
                %1$s
                """.formatted(
                        rule,
                        url,
                        ADMINISTRATOR.user(),
                        ADMINISTRATOR.password(),
                        PROJECT,
                        cluster("Source", world.source()),
                        cluster("Target", world.target()),
                        world.poolers().stream().map(PracticeLab::pooler).collect(Collectors.joining("\n")),
                        CLIENTS,
                        PER_SECOND,
                        world.logs(),
                        NAME);
    }

    private static String farewell(LedgerWriters writers) {
        WriterCounters counters = writers.counters();
        return "The clients were told %,d times that a write is safe, and saw %,d errors. The longest wait was %,d ms."
                .formatted(
                        counters.acknowledged(),
                        counters.errors(),
                        writers.longestWait(Instant.EPOCH, Instant.now()).toMillis());
    }

    private static String cluster(String side, PostgresCluster cluster) {
        return "  %-11s psql postgresql://%s:%s@%s:%d/%s    PostgreSQL %d"
                .formatted(
                        side,
                        Login.UPSHIFT.user(),
                        Login.UPSHIFT.password(),
                        PostgresCluster.HOST,
                        cluster.port(),
                        LedgerSchema.DATABASE,
                        cluster.major());
    }

    private static String pooler(PgBouncer pooler) {
        return """
                  %-11s psql postgresql://%s:%s@%s:%d/%s    PgBouncer
                              its console: psql postgresql://%s:%s@%s:%5$d/pgbouncer
                              its entries: %s""".formatted(
                        pooler.name(),
                        Login.APP.user(),
                        Login.APP.password(),
                        PgBouncer.HOST,
                        pooler.port(),
                        LedgerSchema.DATABASE,
                        Login.UPSHIFT.user(),
                        Login.UPSHIFT.password(),
                        PgBouncer.HOST,
                        pooler.databasesIni())
                .indent(2)
                .stripTrailing();
    }

    private static int port() {
        String configured = System.getenv("SERVER_PORT");
        return configured == null || configured.isBlank() ? DEFAULT_PORT : Integer.parseInt(configured.strip());
    }

    /** On all interfaces, because that is where the control plane listens. */
    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
