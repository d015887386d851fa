package dev.upshift.engine.web;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.Plan;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures;
import dev.upshift.engine.Run;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Plans and runs of a project over REST. */
@RestController
@RequestMapping("/api/v1/projects/{slug}")
@Tag(name = "runs")
class RunController {

    private final Procedures procedures;

    RunController(Procedures procedures) {
        this.procedures = procedures;
    }

    @Operation(summary = "What a procedure would do now, and whether it may")
    @GetMapping("/plans/{procedure}")
    Plan plan(@PathVariable String slug, @PathVariable String procedure) {
        return procedures.plan(slug, name(procedure));
    }

    @Operation(summary = "The runs of the project, the newest first")
    @GetMapping("/runs")
    Items<RunView> runs(@PathVariable String slug) {
        return new Items<>(procedures.runs(slug).stream().map(RunView::of).toList());
    }

    @Operation(summary = "Start a run of a plan that was looked at")
    @PostMapping("/runs")
    @ApiResponse(responseCode = "202")
    ResponseEntity<RunView> start(@PathVariable String slug, @RequestBody StartRequest request) {
        ProcedureName procedure = named(request.procedure()).orElseThrow(RunController::noSuchProcedure);
        return accepted(procedures.start(slug, procedure, request.planVersion(), request.confirmation()));
    }

    @Operation(summary = "One run")
    @GetMapping("/runs/{number}")
    RunView run(@PathVariable String slug, @PathVariable int number) {
        return RunView.of(find(slug, number));
    }

    @Operation(summary = "What a run has begun, done and undone")
    @GetMapping("/runs/{number}/journal")
    Items<JournalEntry> journal(@PathVariable String slug, @PathVariable int number) {
        find(slug, number);
        return new Items<>(procedures.journal(slug, number));
    }

    @Operation(summary = "Ask a run to undo what it did")
    @PostMapping("/runs/{number}/abort")
    @ApiResponse(responseCode = "202")
    ResponseEntity<RunView> abort(@PathVariable String slug, @PathVariable int number) {
        find(slug, number);
        return accepted(procedures.abort(slug, number));
    }

    @Operation(summary = "Let a blocked run go on")
    @PostMapping("/runs/{number}/continue")
    @ApiResponse(responseCode = "202")
    ResponseEntity<RunView> resume(@PathVariable String slug, @PathVariable int number) {
        find(slug, number);
        return accepted(procedures.resume(slug, number));
    }

    private static ResponseEntity<RunView> accepted(Run run) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/projects/" + run.slug() + "/runs/" + run.number()))
                .body(RunView.of(run));
    }

    private Run find(String slug, int number) {
        return procedures
                .run(slug, number)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "There is no run %d in project %s.".formatted(number, slug)));
    }

    private static ProcedureName name(String word) {
        return named(word)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND,
                        "There is no procedure %s; there are %s.".formatted(word, ProcedureName.words())));
    }

    private static Optional<ProcedureName> named(@Nullable String word) {
        return ProcedureName.ofWord(word == null ? "" : word.toLowerCase(Locale.ROOT));
    }

    private static ErrorResponseException noSuchProcedure() {
        String message = "Name one of the procedures: " + ProcedureName.words() + ".";
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, message);
        problem.setType(URI.create("urn:upshift:invalid-run"));
        problem.setTitle("The run cannot be started");
        problem.setProperty("errors", List.of(Map.of("field", "procedure", "message", message)));
        return new ErrorResponseException(HttpStatus.BAD_REQUEST, problem, null);
    }

    /** As posted to start a run. */
    record StartRequest(
            @Nullable String procedure,
            @Nullable String planVersion,
            @Nullable String confirmation) {}

    /** A list, wrapped so that fields can be added. */
    record Items<T>(List<T> items) {}

    /**
     * A run as the API shows it.
     *
     * @param runbook the page that says what a person does now, while the run is blocked
     */
    record RunView(
            int number,
            String procedure,
            String status,
            String planVersion,
            String startedBy,
            java.time.Instant startedAt,
            java.time.@Nullable Instant endedAt,
            @Nullable String outcome,
            @Nullable String runbook,
            @Nullable Long pauseMillis,
            Map<String, String> evidence) {

        static RunView of(Run run) {
            return new RunView(
                    run.number(),
                    run.procedure().word(),
                    run.status().name(),
                    run.planVersion(),
                    run.startedBy(),
                    run.startedAt(),
                    run.endedAt(),
                    run.outcome(),
                    run.runbook(),
                    run.pauseMillis(),
                    run.evidence().values());
        }
    }
}
