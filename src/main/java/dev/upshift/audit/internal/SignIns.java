package dev.upshift.audit.internal;

import dev.upshift.audit.AuditEntry.Action;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Records who signed in and who tried to. Programs sign in with every request, so of them only failures are recorded;
 * the throttle on sign-in bounds how many those can be.
 */
@Component
class SignIns {

    /** What was typed as a name may be anything, of any length. */
    private static final int LONGEST_NAME = 63;

    private final StoredAuditTrail trail;

    SignIns(StoredAuditTrail trail) {
        this.trail = trail;
    }

    @EventListener
    void on(InteractiveAuthenticationSuccessEvent event) {
        Authentication who = event.getAuthentication();
        trail.add(name(who), Action.SIGNED_IN, null, "Signed in from " + address(who));
    }

    @EventListener
    void on(AuthenticationFailureBadCredentialsEvent event) {
        Authentication who = event.getAuthentication();
        trail.add(name(who), Action.SIGN_IN_FAILED, null, "Failed to sign in from " + address(who));
    }

    private static String name(Authentication authentication) {
        // PostgreSQL has no place for a zero byte in a text.
        String name = authentication.getName().replace("\0", "");
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    private static String address(Authentication authentication) {
        return authentication.getDetails() instanceof WebAuthenticationDetails details
                ? details.getRemoteAddress()
                : "an unknown address";
    }
}
