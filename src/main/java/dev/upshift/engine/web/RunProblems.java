package dev.upshift.engine.web;

import dev.upshift.engine.RunRefused;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells why a run was not started or not aborted: 409 with every reason. */
@RestControllerAdvice(annotations = org.springframework.web.bind.annotation.RestController.class)
class RunProblems {

    @ExceptionHandler
    ProblemDetail refused(RunRefused refused) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.join(" ", refused.reasons()));
        problem.setType(URI.create("urn:upshift:run-refused"));
        problem.setTitle("The run was refused");
        problem.setProperty("reasons", refused.reasons());
        return problem;
    }
}
