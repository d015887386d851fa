package dev.upshift.identity.internal;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses changes that a page of another origin makes a browser send to the API: a browser that was once given a
 * password for HTTP Basic sends it along of its own accord. Every browser tells the origin with what is no GET; programs
 * such as curl do not, and go on.
 */
final class OwnOriginOnly extends OncePerRequestFilter {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final SignInProblems problems;

    OwnOriginOnly(SignInProblems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SAFE.contains(request.getMethod()) || isOwn(request)) {
            chain.doFilter(request, response);
        } else {
            problems.refuseOtherOrigin(request, response);
        }
    }

    private static boolean isOwn(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OWN_SITES.contains(site)) {
            return false;
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || address(origin).equals(host(request));
    }

    /** Host and port; whether it came by TLS is not known behind a proxy, and does not matter. */
    private static String address(String origin) {
        try {
            URI uri = URI.create(origin);
            return uri.getRawAuthority() == null ? "" : withoutUsualPort(uri.getRawAuthority());
        } catch (IllegalArgumentException unreadable) {
            return "";
        }
    }

    private static @Nullable String host(HttpServletRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        return host == null ? null : withoutUsualPort(host);
    }

    private static String withoutUsualPort(String authority) {
        return authority.toLowerCase(Locale.ROOT).replaceFirst(":(80|443)$", "");
    }
}
