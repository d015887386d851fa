package dev.upshift.identity.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Lets a page that somebody signed in to read from the API, but not change anything there: a browser sends its session
 * cookie along with requests that other sites make it send, and the API asks for no CSRF token. What changes something
 * needs an {@code Authorization} header, which no other site can add. Stores nothing.
 */
final class SessionForReading implements SecurityContextRepository {

    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    private final HttpSessionSecurityContextRepository sessions = new HttpSessionSecurityContextRepository();

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        return SAFE.contains(request.getMethod()) ? sessions.loadDeferredContext(request) : new Nobody();
    }

    @Override
    @SuppressWarnings("deprecation") // the interface still wants it
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return loadDeferredContext(holder.getRequest()).get();
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        // Whoever comes with an Authorization header brings it every time.
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return SAFE.contains(request.getMethod()) && sessions.containsContext(request);
    }

    private static final class Nobody implements DeferredSecurityContext, Supplier<SecurityContext> {

        private final SecurityContext context = SecurityContextHolder.createEmptyContext();

        @Override
        public SecurityContext get() {
            return context;
        }

        @Override
        public boolean isGenerated() {
            return true;
        }
    }
}
