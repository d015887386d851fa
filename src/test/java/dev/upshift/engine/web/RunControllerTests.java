package dev.upshift.engine.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.Fact;
import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.Plan;
import dev.upshift.engine.Plan.ActionKind;
import dev.upshift.engine.Plan.ByHand;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.Plan.LeftOut;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.Plan.PlannedAction;
import dev.upshift.engine.Plan.PlannedStep;
import dev.upshift.engine.Plan.PoolerDifference;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures;
import dev.upshift.engine.Procedures.Available;
import dev.upshift.engine.Procedures.PauseReading;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunFacts;
import dev.upshift.engine.RunRefused;
import dev.upshift.engine.RunStatus;
import dev.upshift.project.ExampleProjects;
import dev.upshift.shared.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Names, shapes and status codes that the API keeps. */
class RunControllerTests {

    private static final Run RUN = new Run(
            70,
            "shop",
            3,
            ProcedureName.CUTOVER,
            RunStatus.SUCCEEDED,
            "9f3c",
            "mara",
            ExampleProjects.CREATED,
            ExampleProjects.CREATED.plusSeconds(9),
            1,
            "The target serves shop.",
            116L,
            Fact.text("barrierLsn").of("0/17D26910"));

    private final Recorded procedures = new Recorded();
    private final MockMvcTester mvc = MockMvcTester.of(
            List.of(new RunController(procedures)),
            builder -> builder.setControllerAdvice(new RunProblems(), new Problems())
                    .build());

    private MvcTestResult post(String path, String body) {
        return mvc.post()
                .uri("/api/v1/projects/shop" + path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult get(String path) {
        return mvc.get().uri("/api/v1/projects/shop" + path).exchange();
    }

    @Test
    void aPlanIsShown() {
        assertThat(get("/plans/cutover")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"procedure": "cutover", "version": "9f3c4d5e6f", "allowed": false,
                 "guards": [{"guard": "lag", "allowed": false, "reason": "Lag is 5 MB."}],
                 "steps": [{"name": "pause-poolers", "sentence": "PAUSE shop.", "part": "WINDOW",
                            "actions": [{"kind": "CONSOLE", "where": "bouncer-a", "text": "PAUSE \\"shop\\"",
                                         "repeated": false, "condition": null}],
                            "further": 1980, "gap": "Not known to the end."}],
                 "differences": [{"pooler": "bouncer-a", "lines": ["-shop = host=a", "+shop = host=b"]}],
                 "rehearsed": null,
                 "leftOut": {"side": "SOURCE", "address": "old:5432", "reason": "Nobody is there.",
                             "confirmation": "shop without source", "left": ["in shop schema upshift"],
                             "byHand": [{"database": "shop", "statements": "DROP SCHEMA upshift;",
                                         "lifting": "ALTER DATABASE shop RESET ALL;"}],
                             "afterwards": "It is still fenced."}}""");
    }

    @Test
    void aRunIsStarted() {
        assertThat(post("/runs", """
                {"procedure": "cutover", "planVersion": "9f3c", "confirmation": "shop"}"""))
                .hasStatus(HttpStatus.ACCEPTED)
                .hasHeader("Location", "/api/v1/projects/shop/runs/3")
                .bodyJson()
                .extractingPath("$.number")
                .isEqualTo(3);
        assertThat(procedures.asked).containsExactly("start shop CUTOVER 9f3c shop");
    }

    @Test
    void versionAndConfirmationMayBeLeftOut() {
        assertThat(post("/runs", "{\"procedure\": \"verify\"}")).hasStatus(HttpStatus.ACCEPTED);
        assertThat(procedures.asked).containsExactly("start shop VERIFY null null");
    }

    @Test
    void aRefusalTellsEveryReason() {
        procedures.refusal = new RunRefused(List.of("Lag is 5 MB.", "bouncer-a is paused."));

        assertThat(post("/runs", "{\"procedure\": \"verify\"}"))
                .hasStatus(HttpStatus.CONFLICT)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"type": "urn:upshift:run-refused", "title": "The run was refused", "status": 409,
                         "detail": "Lag is 5 MB. bouncer-a is paused.",
                         "reasons": ["Lag is 5 MB.", "bouncer-a is paused."]}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/runs/3/abort", "/runs/3/continue"})
    void aRefusedAbortOrContinuationTells(String path) {
        procedures.refusal = new RunRefused(List.of("Run 3 is past the point of no return."));

        assertThat(post(path, "")).hasStatus(HttpStatus.CONFLICT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"procedure\": \"explode\"}", "{}", "{\"procedure\": null}"})
    void aBodyWithoutAProcedureThatExistsIsRefused(String body) {
        assertThat(post("/runs", body))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .hasPathSatisfying(
                        "$.errors[0].field", field -> field.assertThat().isEqualTo("procedure"))
                .hasPathSatisfying(
                        "$.errors[0].message",
                        message -> message.assertThat().asString().contains("copy-schema, replicate"));
        assertThat(procedures.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[1]"})
    void aBodyThatCannotBeReadIsRefused(String body) {
        assertThat(post("/runs", body)).hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(procedures.asked).isEmpty();
    }

    @Test
    void aProcedureThatDoesNotExistHasNoPlan() {
        assertThat(get("/plans/explode")).hasStatus(HttpStatus.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/runs/9", "/runs/9/journal"})
    void aRunThatDoesNotExistIsNotFound(String path) {
        assertThat(get(path)).hasStatus(HttpStatus.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/runs/9/abort", "/runs/9/continue"})
    void aRunThatDoesNotExistCannotBeMoved(String path) {
        assertThat(post(path, "")).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(procedures.asked).isEmpty();
    }

    @Test
    void aRunIsShown() {
        String run = """
                {"number": 3, "procedure": "cutover", "status": "SUCCEEDED", "planVersion": "9f3c",
                 "startedBy": "mara", "startedAt": "2026-03-01T08:00:00Z", "endedAt": "2026-03-01T08:00:09Z",
                 "outcome": "The target serves shop.", "runbook": null, "pauseMillis": 116,
                 "evidence": {"barrierLsn": "0/17D26910"}}""";

        assertThat(get("/runs/3")).hasStatusOk().bodyJson().isStrictlyEqualTo(run);
        assertThat(get("/runs")).hasStatusOk().bodyJson().isStrictlyEqualTo("{\"items\": [" + run + "]}");
    }

    @Test
    void aRunThatWaitsForAPersonSaysWhereToRead() {
        Run blocked = new Run(
                1,
                "shop",
                4,
                ProcedureName.CUTOVER,
                RunStatus.BLOCKED,
                "9f3c",
                "mara",
                Instant.EPOCH,
                null,
                1,
                "Past the point of no return …",
                null,
                RunFacts.NONE);

        assertThat(RunController.RunView.of(blocked).runbook())
                .isEqualTo("/docs/operations/what-if#what-a-blocked-run-says-and-what-to-do");
    }

    @Test
    void aJournalIsShown() {
        assertThat(get("/runs/3/journal")).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                {"items": [{"sequence": 1, "epoch": 1, "step": "pause-poolers", "part": "WINDOW",
                            "event": "SUCCEEDED", "sentence": "Held.", "at": "2026-03-01T08:00:00Z",
                            "durationMicros": 41000, "facts": {"k": "v"}}]}""");
    }

    @Test
    void abortAndContinueAreAccepted() {
        assertThat(post("/runs/3/abort", ""))
                .hasStatus(HttpStatus.ACCEPTED)
                .hasHeader("Location", "/api/v1/projects/shop/runs/3");
        assertThat(post("/runs/3/continue", "")).hasStatus(HttpStatus.ACCEPTED);
        assertThat(procedures.asked).containsExactly("abort shop 3", "resume shop 3");
    }

    /** As the application has it: what controllers throw becomes a problem body. */
    @RestControllerAdvice
    private static final class Problems extends ResponseEntityExceptionHandler {}

    /** Notes what it is asked; knows run 3 only. */
    private static final class Recorded implements Procedures {

        private final List<String> asked = new ArrayList<>();
        private @Nullable RunRefused refusal;

        private Run noted(String wish) {
            RunRefused refused = refusal;
            if (refused != null) {
                throw refused;
            }
            asked.add(wish);
            return RUN;
        }

        @Override
        public Plan plan(String slug, ProcedureName procedure) {
            return new Plan(
                    procedure,
                    "9f3c4d5e6f",
                    false,
                    List.of(new GuardResult("lag", false, "Lag is 5 MB.")),
                    List.of(new PlannedStep(
                            "pause-poolers",
                            "PAUSE shop.",
                            Part.WINDOW,
                            List.of(new PlannedAction(ActionKind.CONSOLE, "bouncer-a", "PAUSE \"shop\"", false, null)),
                            1_980,
                            "Not known to the end.")),
                    List.of(new PoolerDifference("bouncer-a", List.of("-shop = host=a", "+shop = host=b"))),
                    null,
                    new LeftOut(
                            Side.SOURCE,
                            "old:5432",
                            "Nobody is there.",
                            "shop without source",
                            List.of("in shop schema upshift"),
                            List.of(new ByHand("shop", "DROP SCHEMA upshift;", "ALTER DATABASE shop RESET ALL;")),
                            "It is still fenced."));
        }

        @Override
        public List<Available> available(String slug) {
            return List.of();
        }

        @Override
        public Run start(
                String slug, ProcedureName procedure, @Nullable String planVersion, @Nullable String confirmation) {
            return noted("start %s %s %s %s".formatted(slug, procedure, planVersion, confirmation));
        }

        @Override
        public Run abort(String slug, int number) {
            return noted("abort " + slug + " " + number);
        }

        @Override
        public Run resume(String slug, int number) {
            return noted("resume " + slug + " " + number);
        }

        @Override
        public Optional<Run> run(String slug, int number) {
            return Optional.of(RUN).filter(run -> run.number() == number);
        }

        @Override
        public List<Run> runs(String slug) {
            return List.of(RUN);
        }

        @Override
        public List<JournalEntry> journal(String slug, int number) {
            return List.of(new JournalEntry(
                    1,
                    1,
                    "pause-poolers",
                    Part.WINDOW,
                    JournalEntry.Event.SUCCEEDED,
                    "Held.",
                    ExampleProjects.CREATED,
                    41_000L,
                    Map.of("k", "v")));
        }

        @Override
        public Optional<PauseReading> pause(String slug, int number) {
            return Optional.empty();
        }
    }
}
