package dev.upshift.upgrade;

import dev.upshift.UpshiftApplication;
import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerSchema;
import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.lab.ProductOnly;
import dev.upshift.procedure.JournalEntry.Event;
import dev.upshift.procedure.Procedures;
import dev.upshift.procedure.RunChanged;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

/** A control plane of its own, with embedded metadata in a fresh directory, talked to by REST alone. */
public final class ControlPlane implements AutoCloseable {

    /** The administrator's. */
    public static final String PASSWORD = "practice-makes-perfect";

    private static final Set<String> OVER = Set.of("SUCCEEDED", "ABORTED", "BLOCKED");

    private final ConfigurableApplicationContext application;
    private final String url;
    private final RestClient rest;

    private ControlPlane(ConfigurableApplicationContext application) {
        this.application = application;
        String port = String.valueOf(application.getEnvironment().getProperty("local.server.port"));
        this.url = "http://127.0.0.1:" + port;
        this.rest = RestClient.builder()
                .baseUrl(url + "/api/v1")
                .defaultHeader(HttpHeaders.AUTHORIZATION, "Basic " + basic())
                .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
                    // every status is an answer here
                })
                .build();
    }

    private static String basic() {
        return HttpHeaders.encodeBasicAuth("admin", PASSWORD, null);
    }

    /** Starts one with its data under the given directory. */
    public static ControlPlane start(Path directory) {
        SpringApplication application = new SpringApplication(UpshiftApplication.class, ProductOnly.class);
        return new ControlPlane(application.run(
                "--server.port=0",
                "--upshift.data-directory=" + directory,
                "--upshift.bootstrap-password=" + PASSWORD,
                "--upshift.monitoring.interval=PT1S"));
    }

    /** Where a browser finds it. */
    public String url() {
        return url;
    }

    /** A project over everything that the world has, ready to be registered. */
    public static Map<String, Object> project(LabWorld world, UnaryOperator<Map<String, Object>> settings) {
        Map<String, Object> project = new LinkedHashMap<>();
        project.put("slug", "shop");
        project.put(
                "name",
                "Shop " + world.source().major() + " → " + world.target().major());
        project.put("source", cluster(world.source()));
        project.put("target", cluster(world.target()));
        project.put("databases", List.of(LedgerSchema.DATABASE));
        List<Object> poolers = new ArrayList<>();
        world.poolers().forEach(pooler -> poolers.add(pooler(pooler)));
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

    private static Map<String, Object> pooler(PgBouncer pooler) {
        return Map.of(
                "name", pooler.name(),
                "host", PgBouncer.HOST,
                "port", pooler.port(),
                "username", Login.UPSHIFT.user(),
                "password", Login.UPSHIFT.password(),
                "config", Map.of("type", "file", "path", pooler.databasesIni().toString()));
    }

    /** Registers a project and fails with the answer if it is refused. */
    public void register(Map<String, Object> project) {
        ResponseEntity<Map<String, Object>> answer = post("/projects", project);
        if (answer.getStatusCode().value() != 201) {
            throw new AssertionError("The project was refused: " + answer.getBody());
        }
    }

    public ResponseEntity<Map<String, Object>> post(String path, Object body) {
        return rest.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .toEntity(new org.springframework.core.ParameterizedTypeReference<>() {});
    }

    public Map<String, Object> get(String path) {
        Map<String, Object> answer =
                rest.get().uri(path).retrieve().body(new org.springframework.core.ParameterizedTypeReference<>() {});
        if (answer == null) {
            throw new AssertionError("No answer from " + path);
        }
        return answer;
    }

    public Map<String, Object> plan(String procedure) {
        return get("/projects/shop/plans/" + procedure);
    }

    /** Plans, confirms and starts; answers the run's number. */
    public int start(String procedure) {
        Map<String, Object> plan = plan(procedure);
        if (!Boolean.TRUE.equals(plan.get("allowed"))) {
            throw new AssertionError(procedure + " is blocked: " + plan.get("guards"));
        }
        ResponseEntity<Map<String, Object>> answer = post(
                "/projects/shop/runs",
                Map.of(
                        "procedure",
                        procedure,
                        "planVersion",
                        plan.get("version"),
                        "confirmation",
                        procedure.equals("rehearse") ? "rehearse shop" : "shop"));
        if (answer.getStatusCode().value() != 202 || answer.getBody() == null) {
            throw new AssertionError(procedure + " was refused: " + answer.getBody());
        }
        return (Integer) answer.getBody().get("number");
    }

    /** Waits until a run is over or blocked, and answers it. */
    public Map<String, Object> await(int number, Duration atMost) {
        return Awaitility.await("run " + number)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> get("/projects/shop/runs/" + number), run -> OVER.contains(run.get("status")));
    }

    /** Runs a procedure to its end and fails with the journal unless it succeeded. */
    public Map<String, Object> succeed(String procedure, Duration atMost) {
        int number = start(procedure);
        Map<String, Object> run = await(number, atMost);
        if (!"SUCCEEDED".equals(run.get("status"))) {
            throw new AssertionError(procedure + " ended as " + run + "\n" + journal(number));
        }
        return run;
    }

    /** The run that was started last. */
    public Map<String, Object> newestRun() {
        List<?> runs = (List<?>) get("/projects/shop/runs").get("items");
        Map<String, Object> newest = new LinkedHashMap<>();
        ((Map<?, ?>) runs.getFirst()).forEach((key, value) -> newest.put(String.valueOf(key), value));
        return newest;
    }

    /** The journal, a line per row. */
    public String journal(int number) {
        StringBuilder lines = new StringBuilder();
        for (Object entry :
                (List<?>) get("/projects/shop/runs/" + number + "/journal").get("items")) {
            Map<?, ?> row = (Map<?, ?>) entry;
            lines.append("%s %s %s %s µs: %s%n"
                    .formatted(
                            row.get("at"),
                            row.get("step"),
                            row.get("event"),
                            row.get("durationMicros"),
                            row.get("sentence")));
        }
        return lines.toString();
    }

    /** Waits until the journal of a run has a row of this step. */
    public void awaitStep(int number, String step, Duration atMost) {
        Awaitility.await(step + " of run " + number)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> journal(number).contains(" " + step + " "));
    }

    /**
     * Does something at the very moment at which a step's STARTED row is committed, before its action; once.
     *
     * @return closing it takes the listener away
     */
    public AutoCloseable when(String step, Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        Procedures procedures = application.getBean(Procedures.class);
        ApplicationListener<PayloadApplicationEvent<RunChanged>> listener = event -> {
            RunChanged changed = event.getPayload();
            boolean started = procedures.journal(changed.slug(), changed.number()).stream()
                    .anyMatch(row -> row.step().equals(step) && row.event() == Event.STARTED);
            boolean mine = procedures
                    .run(changed.slug(), changed.number())
                    .filter(run -> run.endedAt() == null)
                    .isPresent();
            if (started && mine && done.compareAndSet(false, true)) {
                action.run();
            }
        };
        application.addApplicationListener(new RunListener(listener));
        ApplicationEventMulticaster multicaster = application.getBean(ApplicationEventMulticaster.class);
        return () -> multicaster.removeApplicationListener(new RunListener(listener));
    }

    /** Keeps the event's type, which a lambda loses. */
    private record RunListener(ApplicationListener<PayloadApplicationEvent<RunChanged>> listener)
            implements ApplicationListener<PayloadApplicationEvent<RunChanged>> {
        @Override
        public void onApplicationEvent(PayloadApplicationEvent<RunChanged> event) {
            listener.onApplicationEvent(event);
        }
    }

    public Map<String, Object> project() {
        return get("/projects/shop");
    }

    @Override
    public void close() {
        application.close();
    }
}
