package dev.upshift.verification.web;

import dev.upshift.project.Projects;
import dev.upshift.verification.Verifications;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Results of comparisons over REST. */
@RestController
@RequestMapping("/api/v1/projects/{slug}/verifications")
@Tag(name = "verifications")
class VerificationController {

    private final Projects projects;
    private final Verifications verifications;

    VerificationController(Projects projects, Verifications verifications) {
        this.projects = projects;
        this.verifications = verifications;
    }

    @Operation(summary = "What the latest comparison of both sides found, table by table")
    @GetMapping("/latest")
    VerificationView latest(@PathVariable String slug) {
        projects.get(slug);
        return verifications
                .latest(slug)
                .map(VerificationView::of)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND,
                        "The data of project %s has not been compared yet: run verify.".formatted(slug)));
    }
}
