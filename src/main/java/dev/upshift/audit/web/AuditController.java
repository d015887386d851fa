package dev.upshift.audit.web;

import dev.upshift.audit.AuditEntry;
import dev.upshift.audit.AuditTrail;
import dev.upshift.project.ProjectNotFound;
import dev.upshift.project.Projects;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The record of a project over REST. */
@RestController
@RequestMapping("/api/v1/projects/{slug}/audit")
@Tag(name = "audit")
class AuditController {

    private static final int MOST = 1_000;

    private final AuditTrail trail;
    private final Projects projects;

    AuditController(AuditTrail trail, Projects projects) {
        this.trail = trail;
        this.projects = projects;
    }

    /** @param limit between 1 and 1000; what is outside becomes the nearest of the two */
    @Operation(summary = "Who did what to the project, the newest first")
    @GetMapping
    Entries entries(@PathVariable String slug, @RequestParam(defaultValue = "200") int limit) {
        List<AuditEntry> entries = trail.ofProject(slug, Math.clamp(limit, 1, MOST));
        if (entries.isEmpty() && projects.bySlug(slug).isEmpty()) {
            throw new ProjectNotFound(slug);
        }
        return new Entries(entries);
    }

    /** A list of entries, the newest first. */
    record Entries(List<AuditEntry> items) {}
}
