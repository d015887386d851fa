package dev.upshift.dashboard.web.frame;

import dev.upshift.dashboard.web.Figures;
import dev.upshift.engine.StopSwitch;
import dev.upshift.engine.StopSwitch.StopOrder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Tells every page, error pages included, who reads it and in which theme, and whether all runs are stopped, and hands it
 * {@link Figures}: templates know them as {@code reader}, {@code stopOrder} and {@code figures}.
 */
@Component
class Frame implements HandlerInterceptor, WebMvcConfigurer {

    private final Figures figures;
    private final ObjectProvider<StopSwitch> stopSwitch;

    /** @param stopSwitch may be missing where a page is tested by itself */
    Frame(Figures figures, ObjectProvider<StopSwitch> stopSwitch) {
        this.figures = figures;
        this.stopSwitch = stopSwitch;
    }

    /** Null also while the metadata database is away: then the page has worse to tell. */
    private @Nullable StopOrder stopOrder() {
        try {
            StopSwitch known = stopSwitch.getIfAvailable();
            return known == null ? null : known.order().orElse(null);
        } catch (DataAccessException away) {
            return null;
        }
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
        if (principal != null) {
            request.setAttribute("stopOrder", stopOrder());
        }
        return true;
    }
}
