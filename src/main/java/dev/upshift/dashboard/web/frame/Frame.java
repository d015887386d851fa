package dev.upshift.dashboard.web.frame;

import dev.upshift.dashboard.web.Figures;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Tells every page, error pages included, who reads it and in which theme, and hands it {@link Figures}: templates know
 * the two as {@code reader} and {@code figures}.
 */
@Component
class Frame implements HandlerInterceptor, WebMvcConfigurer {

    private final Figures figures;

    Frame(Figures figures) {
        this.figures = figures;
    }

    /** @param user null before sign-in */
    public record Reader(@Nullable String user, Theme theme) {}

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).excludePathPatterns("/api/**", "/assets/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Principal principal = request.getUserPrincipal();
        request.setAttribute("reader", new Reader(principal == null ? null : principal.getName(), Theme.of(request)));
        request.setAttribute("figures", figures);
        return true;
    }
}
