package dev.upshift.dashboard.web.api;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Problem bodies for requests that no controller could make sense of. Modules tell their own refusals themselves. */
@RestControllerAdvice(annotations = RestController.class)
class ApiProblems extends ResponseEntityExceptionHandler {

    private static final URI UNREADABLE = URI.create("urn:upshift:unreadable-body");
    private static final URI UNREADABLE_ADDRESS = URI.create("urn:upshift:unreadable-address");

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

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException unsupported,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        ProblemDetail problem = unsupported.getBody();
        problem.setDetail("Send the body as application/json; with curl: -H 'Content-Type: application/json'.");
        return handleExceptionInternal(unsupported, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        UnreadableJson wrong = UnreadableJson.of(mismatch);
        return handleExceptionInternal(mismatch, inAddress(wrong.message(), List.of(wrong)), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<UnreadableJson> wrong = UnreadableJson.of(invalid);
        String detail = wrong.stream().map(UnreadableJson::message).collect(Collectors.joining(" "));
        return handleExceptionInternal(invalid, inAddress(detail, wrong), headers, status, request);
    }

    private static ProblemDetail inAddress(String detail, List<UnreadableJson> errors) {
        ProblemDetail problem = problem(detail, errors);
        problem.setType(UNREADABLE_ADDRESS);
        return problem;
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
