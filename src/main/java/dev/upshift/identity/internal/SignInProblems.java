package dev.upshift.identity.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Tells programs that they have to sign in, or may not do what they asked for. */
@Component
class SignInProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final ObjectMapper json;

    private static final String OTHER_ORIGIN =
            "A page of another origin made a browser send this. The API takes changes from programs, and from pages of its"
                    + " own address only.";

    private static final String NOBODY_KNOWS =
            "Whether the user name and the password are right cannot be told, because the metadata database does not answer."
                    + " See that it runs, and try again.";

    SignInProblems(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        if (exception instanceof AuthenticationServiceException) {
            write(request, response, HttpStatus.SERVICE_UNAVAILABLE, NOBODY_KNOWS);
            return;
        }
        if (exception instanceof LockedException slow) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(SignInThrottle.WAIT.toSeconds()));
            write(request, response, HttpStatus.TOO_MANY_REQUESTS, String.valueOf(slow.getMessage()));
            return;
        }
        // A browser would ask for a password of its own accord, keep it, and send it along for other sites.
        if (request.getHeader("Sec-Fetch-Mode") == null) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Upshift\", charset=\"UTF-8\"");
        }
        write(request, response, HttpStatus.UNAUTHORIZED, sentence(exception));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException exception)
            throws IOException {
        write(request, response, HttpStatus.FORBIDDEN, "You are signed in, but may not do this.");
    }

    void refuseOtherOrigin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(request, response, HttpStatus.FORBIDDEN, OTHER_ORIGIN);
    }

    private static String sentence(AuthenticationException exception) {
        return switch (exception) {
            case InsufficientAuthenticationException _ ->
                "Sign in with HTTP Basic. The session of a browser may read here, but not change anything.";
            default -> "The user name or the password is wrong.";
        };
    }

    private void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail)
            throws IOException {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(status.getReasonPhrase());
        problem.setInstance(URI.create(request.getRequestURI()));
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem);
    }
}
