package dev.upshift.upgrade;

import dev.upshift.UpshiftApplication;
import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Procedures;
import dev.upshift.engine.RunChanged;
import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerSchema;
import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.lab.ProductOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A control plane of its own, with embedded metadata in a fresh directory, talked to by REST alone. */
public final class ControlPlane extends UpshiftApi implements AutoCloseable {

    /** What the threads that go through the steps of runs are called. */
    private static final String RUN = "run-shop-";

    private static final Path PROGRAMS =
            Path.of("target", "control-plane-programs", System.getProperty("lab.fork", "1"));

    private final ConfigurableApplicationContext application;

    private ControlPlane(ConfigurableApplicationContext application) {
        super("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port"));
        this.application = application;
    }

    /** Starts one with its data under the given directory. */
    public static ControlPlane start(Path directory) {
        shareServerPrograms(directory);
        SpringApplication application = new SpringApplication(UpshiftApplication.class, ProductOnly.class);
        return new ControlPlane(application.run(
                "--server.port=0",
                "--upshift.data-directory=" + directory,
                "--upshift.bootstrap-password=" + PASSWORD,
                "--upshift.monitoring.interval=PT1S"));
    }

    /** All control planes of a JVM unpack the programs of their embedded server once, which takes three seconds. */
    private static void shareServerPrograms(Path directory) {
        Path link = directory.resolve("metadata/programs");
        try {
            Path programs = Files.createDirectories(PROGRAMS.toAbsolutePath());
            Files.createDirectories(directory.resolve("metadata"));
            if (Files.notExists(link)) {
                Files.createSymbolicLink(link, programs);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot link " + link, e);
        }
    }

    /** A project over everything that the world has, ready to be registered. */
    public static Map<String, Object> project(LabWorld world, UnaryOperator<Map<String, Object>> settings) {
        return project(world, Login.UPSHIFT, settings);
    }

    /** @param atPoolers who gives the commands at the poolers' consoles */
    public static Map<String, Object> project(
            LabWorld world, Login atPoolers, UnaryOperator<Map<String, Object>> settings) {
        Map<String, Object> project = new LinkedHashMap<>();
        project.put("slug", "shop");
        project.put(
                "name",
                "Shop " + world.source().major() + " → " + world.target().major());
        project.put("source", cluster(world.source()));
        project.put("target", cluster(world.target()));
        project.put("databases", List.of(LedgerSchema.DATABASE));
        List<Object> poolers = new ArrayList<>();
        world.poolers().forEach(pooler -> poolers.add(pooler(pooler, atPoolers)));
        project.put("poolers", poolers);
        project.put("settings", settings.apply(new LinkedHashMap<>()));
        return project;
    }

    private static Map<String, Object> cluster(PostgresCluster cluster) {
        return Map.of(
                "host", PostgresCluster.HOST,
                "port", cluster.port(),
                "username", Login.UPSHIFT.user(),
                "password", Login.UPSHIFT.password());
    }

    private static Map<String, Object> pooler(PgBouncer pooler, Login administrator) {
        return Map.of(
                "name", pooler.name(),
                "host", PgBouncer.HOST,
                "port", pooler.port(),
                "username", administrator.user(),
                "password", administrator.password(),
                "config", Map.of("type", "file", "path", pooler.databasesIni().toString()));
    }

    /**
     * Does something at the very moment at which a step's STARTED row is committed; once. That is before its action, but
     * not of a step that leaves nothing to take back: such a row is committed while it works.
     *
     * @return closing it takes the listener away
     */
    public AutoCloseable when(String step, Runnable action) {
        AtomicBoolean begun = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        Procedures procedures = application.getBean(Procedures.class);
        ApplicationListener<PayloadApplicationEvent<RunChanged>> listener = event -> {
            RunChanged changed = event.getPayload();
            boolean started = procedures.journal(changed.slug(), changed.number()).stream()
                    .anyMatch(row -> row.step().equals(step) && row.event() == Event.STARTED);
            boolean mine = procedures
                    .run(changed.slug(), changed.number())
                    .filter(run -> run.endedAt() == null)
                    .isPresent();
            if (!started || !mine) {
                return;
            }
            if (begun.compareAndSet(false, true)) {
                try {
                    action.run();
                } finally {
                    done.countDown();
                }
            } else if (Thread.currentThread().getName().startsWith(RUN)) {
                await(done); // the event of an earlier row, from beside the run, may have come as late as this one
            }
        };
        application.addApplicationListener(new RunListener(listener));
        ApplicationEventMulticaster multicaster = application.getBean(ApplicationEventMulticaster.class);
        return () -> multicaster.removeApplicationListener(new RunListener(listener));
    }

    private static void await(CountDownLatch done) {
        try {
            if (!done.await(1, TimeUnit.MINUTES)) {
                throw new AssertionError("What was to happen meanwhile does not come to its end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** One value from the metadata database. */
    public String metadata(String query) {
        return application
                .getBean(JdbcClient.class)
                .sql(query)
                .query(String.class)
                .single();
    }

    /** Keeps the event's type, which a lambda loses. */
    private record RunListener(ApplicationListener<PayloadApplicationEvent<RunChanged>> listener)
            implements ApplicationListener<PayloadApplicationEvent<RunChanged>> {
        @Override
        public void onApplicationEvent(PayloadApplicationEvent<RunChanged> event) {
            listener.onApplicationEvent(event);
        }
    }

    @Override
    public void close() {
        application.close();
    }
}
