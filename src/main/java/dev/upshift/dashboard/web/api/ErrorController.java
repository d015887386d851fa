package dev.upshift.dashboard.web.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.web.ErrorProperties;
import org.springframework.boot.webmvc.autoconfigure.error.BasicErrorController;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.boot.webmvc.error.ErrorAttributes;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;

/**
 * The last answer to whatever nobody else answered: a page for browsers, drawn by an {@link ErrorViewResolver}, and a
 * problem body for programs. What really happened is in the log alone.
 */
@Controller
class ErrorController extends BasicErrorController {

    private final Clock clock;

    ErrorController(ErrorAttributes attributes, List<ErrorViewResolver> resolvers, Clock clock) {
        super(attributes, new ErrorProperties(), resolvers);
        this.clock = clock;
    }

    @Override
    public ResponseEntity<Map<String, @Nullable Object>> error(HttpServletRequest request) {
        HttpStatus status = getStatus(request);
        String path = Objects.toString(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), "");
        Map<String, @Nullable Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", status.getReasonPhrase());
        problem.put("status", status.value());
        problem.put("detail", detail(status, path));
        problem.put("instance", path);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private String detail(HttpStatus status, String path) {
        return switch (status) {
            case NOT_FOUND -> "There is nothing at " + path + ".";
            case METHOD_NOT_ALLOWED -> path + " does not know this method.";
            case UNSUPPORTED_MEDIA_TYPE -> "Send the body as application/json.";
            case NOT_ACCEPTABLE -> "Only application/json can be answered here.";
            default ->
                status.is5xxServerError()
                        ? "Something went wrong inside Upshift. Its log says what, at " + clock.instant() + "."
                        : "The request was not understood: " + status.getReasonPhrase() + ".";
        };
    }
}
