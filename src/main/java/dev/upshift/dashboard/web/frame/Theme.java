package dev.upshift.dashboard.web.frame;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.web.util.WebUtils;

/** Light, dark, or whatever the reader's system prefers. */
public enum Theme {
    SYSTEM,
    LIGHT,
    DARK;

    private static final String COOKIE = "upshift-theme";

    /** As chosen earlier in this browser; anything unknown is the system's. */
    static Theme of(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        for (Theme theme : values()) {
            if (cookie != null && theme.word().equals(cookie.getValue())) {
                return theme;
            }
        }
        return SYSTEM;
    }

    /** As in the cookie and on the page. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
