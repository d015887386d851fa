package dev.upshift.upgrade;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** A control plane as a person's tooling sees it: by REST alone, wherever it runs. */
public class UpshiftApi {

    /** The administrator's. */
    public static final String PASSWORD = "practice-makes-perfect";

    private static final Logger log = LoggerFactory.getLogger(UpshiftApi.class);

    private static final int ATTEMPTS = 3;

    /** A server starts a worker that has ended again within five seconds. */
    private static final Duration CALM = Duration.ofSeconds(15);

    private static final Set<String> OVER = Set.of("SUCCEEDED", "ABORTED", "BLOCKED");

    /** Longer than any answer takes of a control plane that lives. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String url;
    private final RestClient rest;

    public UpshiftApi(String url) {
        this.url = url;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory();
        requests.setReadTimeout(PATIENCE);
        this.rest = RestClient.builder()
                .requestFactory(requests)
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

    /** Where a browser finds it. */
    public String url() {
        return url;
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
                .toEntity(new ParameterizedTypeReference<>() {});
    }

    public Map<String, Object> get(String path) {
        Map<String, Object> answer = rest.get().uri(path).retrieve().body(new ParameterizedTypeReference<>() {});
        if (answer == null) {
            throw new AssertionError("No answer from " + path);
        }
        return answer;
    }

    public Map<String, Object> plan(String procedure) {
        return get("/projects/shop/plans/" + procedure);
    }

    /**
     * Plans, confirms and starts; answers the run's number. As a person does, waits for a worker that is only about to come
     * back, and looks once more at a plan that has changed since.
     */
    public int start(String procedure) {
        for (int attempt = 1; ; attempt++) {
            Map<String, Object> plan = allowedPlan(procedure);
            ResponseEntity<Map<String, Object>> answer = post(
                    "/projects/shop/runs",
                    Map.of(
                            "procedure",
                            procedure,
                            "planVersion",
                            plan.get("version"),
                            "confirmation",
                            procedure.equals("rehearse") ? "rehearse shop" : "shop"));
            if (answer.getStatusCode().value() == 202 && answer.getBody() != null) {
                return (Integer) answer.getBody().get("number");
            }
            String refusal = procedure + " was refused: " + answer.getBody() + changes(plan, plan(procedure));
            if (attempt == ATTEMPTS || !refusal.contains("The plan has changed since you saw it")) {
                throw new AssertionError(refusal);
            }
            log.warn(refusal);
        }
    }

    private Map<String, Object> allowedPlan(String procedure) {
        Instant until = Instant.now().plus(CALM);
        Map<String, Object> plan = plan(procedure);
        while (!Boolean.TRUE.equals(plan.get("allowed"))) {
            if (Instant.now().isAfter(until)) {
                throw new AssertionError(procedure + " is blocked: " + plan.get("guards"));
            }
            plan = plan(procedure);
        }
        return plan;
    }

    /** What two plans do not have in common. */
    private static String changes(Map<String, Object> seen, Map<String, Object> now) {
        List<?> before = (List<?>) seen.get("steps");
        List<?> after = (List<?>) now.get("steps");
        StringBuilder changes = new StringBuilder();
        before.stream()
                .filter(step -> !after.contains(step))
                .forEach(step -> changes.append("\n- ").append(step));
        after.stream()
                .filter(step -> !before.contains(step))
                .forEach(step -> changes.append("\n+ ").append(step));
        return changes.toString();
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

    /** The journal's rows as the API answers them. */
    public List<?> rows(int number) {
        return (List<?>) get("/projects/shop/runs/" + number + "/journal").get("items");
    }

    /** The journal, a line per row. */
    public String journal(int number) {
        StringBuilder lines = new StringBuilder();
        for (Object entry : rows(number)) {
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

    public Map<String, Object> project() {
        return get("/projects/shop");
    }
}
