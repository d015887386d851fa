package dev.upshift.project.web;

import dev.upshift.project.Project;
import dev.upshift.project.ProjectRequest;
import dev.upshift.project.Projects;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;

/** Projects over REST. */
@RestController
@RequestMapping("/api/v1/projects")
@Tag(name = "projects")
class ProjectController {

    private final Projects projects;
    private final ObjectMapper json;

    ProjectController(Projects projects, ObjectMapper json) {
        this.projects = projects;
        this.json = json;
    }

    @Operation(summary = "All projects")
    @GetMapping
    ProjectView.Projects list() {
        return new ProjectView.Projects(
                projects.all().stream().map(ProjectView::of).toList());
    }

    @Operation(summary = "Register a project, after its servers were tried")
    @PostMapping
    @ApiResponse(responseCode = "201")
    ResponseEntity<ProjectView> register(@RequestBody ProjectRequest request) {
        Project project = projects.register(request.toDraft());
        return ResponseEntity.created(URI.create("/api/v1/projects/" + project.slug()))
                .body(ProjectView.of(project));
    }

    @Operation(summary = "One project, without its passwords")
    @GetMapping("/{slug}")
    ProjectView show(@PathVariable String slug) {
        return ProjectView.of(projects.get(slug));
    }

    @Operation(summary = "Change what is given of a project; what is left out stays")
    @PatchMapping("/{slug}")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = ProjectRequest.class)))
    ProjectView change(@PathVariable String slug, @RequestBody ProjectPatch patch) {
        ProjectRequest changed = patch.appliedTo(projects.get(slug), json);
        return ProjectView.of(projects.change(slug, changed.toDraft()));
    }

    @Operation(summary = "Remove a project that was never begun, or is over")
    @DeleteMapping("/{slug}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String slug) {
        projects.remove(slug);
    }
}
