package dev.upshift.project.web;

import dev.upshift.project.InvalidProject;
import dev.upshift.project.ProjectConflict;
import dev.upshift.project.ProjectNotFound;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells programs that there is no such project, or why it cannot be saved or removed; for the endpoints of all modules. */
@RestControllerAdvice(annotations = RestController.class)
class ProjectProblems {

    @ExceptionHandler
    ProblemDetail missing(ProjectNotFound missing) {
        return problem(HttpStatus.NOT_FOUND, "project-not-found", "There is no such project", missing);
    }

    @ExceptionHandler
    ProblemDetail invalid(InvalidProject invalid) {
        ProblemDetail problem = invalid instanceof ProjectConflict
                ? problem(HttpStatus.CONFLICT, "project-conflict", "This cannot be done now", invalid)
                : problem(HttpStatus.BAD_REQUEST, "invalid-project", "The project cannot be saved", invalid);
        problem.setProperty("errors", invalid.problems());
        return problem;
    }

    private static ProblemDetail problem(HttpStatus status, String type, String title, RuntimeException cause) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, cause.getMessage());
        problem.setType(URI.create("urn:upshift:" + type));
        problem.setTitle(title);
        return problem;
    }
}
