package dev.upshift.dashboard.web.api;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Problem bodies for requests that no controller could make sense of. Modules tell their own refusals themselves. */
@RestControllerAdvice(annotations = RestController.class)
class ApiProblems extends ResponseEntityExceptionHandler {

    private static final URI UNREADABLE = URI.create("urn:upshift:unreadable-body");

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        ProblemDetail problem = unreadable.getCause() instanceof JacksonException cause
                ? unreadable(cause)
                : problem("The request has no body; it needs a JSON object.", List.of());
        return handleExceptionInternal(unreadable, problem, headers, HttpStatus.BAD_REQUEST, request);
    }

    /** Where a controller reads a part of the body itself. */
    @ExceptionHandler
    ProblemDetail unreadable(JacksonException unreadable) {
        UnreadableJson json = UnreadableJson.of(unreadable);
        return problem(json.message(), json.field().isEmpty() ? List.of() : List.of(json));
    }

    private static ProblemDetail problem(String detail, List<UnreadableJson> errors) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
        problem.setType(UNREADABLE);
        problem.setTitle("The request cannot be read");
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return problem;
    }
}
