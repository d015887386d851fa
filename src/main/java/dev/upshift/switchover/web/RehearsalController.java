package dev.upshift.switchover.web;

import dev.upshift.engine.Rehearsal;
import dev.upshift.switchover.Rehearsals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What the last rehearsal of a project measured. */
@RestController
@RequestMapping("/api/v1/projects/{slug}/rehearsals")
@Tag(name = "runs")
class RehearsalController {

    private final Rehearsals rehearsals;

    RehearsalController(Rehearsals rehearsals) {
        this.rehearsals = rehearsals;
    }

    @Operation(summary = "The latest rehearsal of a cutover")
    @GetMapping("/latest")
    Rehearsal latest(@PathVariable String slug) {
        return rehearsals
                .latest(slug)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "No rehearsal of project %s has succeeded yet.".formatted(slug)));
    }
}
