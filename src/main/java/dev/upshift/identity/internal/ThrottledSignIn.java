package dev.upshift.identity.internal;

import dev.upshift.shared.Waiting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Compares passwords. A right one is let in, however many were wrong before it: nobody can lock out somebody else, who
 * may have to abort a run. What is slowed down are wrong ones, after the first few.
 */
@Component
class ThrottledSignIn implements AuthenticationProvider {

    private static final Duration AFTER_A_GUESS = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST_NAME = 100;

    private final DaoAuthenticationProvider passwords;
    private final SignInThrottle throttle;
    private final HashingLane guesses;

    @Autowired
    ThrottledSignIn(UserDetailsService users, PasswordEncoder encoder, SignInThrottle throttle, Waiting waiting) {
        this(users, encoder, throttle, new HashingLane(1, PATIENCE, () -> waiting.pause(AFTER_A_GUESS)));
    }

    /** @param guesses what the passwords of those who seem to guess go through */
    ThrottledSignIn(UserDetailsService users, PasswordEncoder encoder, SignInThrottle throttle, HashingLane guesses) {
        this.passwords = new DaoAuthenticationProvider(users);
        this.passwords.setPasswordEncoder(new KnownPasswords(encoder));
        this.throttle = throttle;
        this.guesses = guesses;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        String address = authentication.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
        String name = authentication.getName();
        String account = name.substring(0, Math.min(name.length(), LONGEST_NAME));
        boolean guessing = throttle.isGuessing(account, address);
        try {
            Authentication result = guessing
                    ? guesses.through(() -> passwords.authenticate(authentication))
                    : passwords.authenticate(authentication);
            throttle.succeeded(account, address);
            return result;
        } catch (BadCredentialsException wrong) {
            throttle.failed(account, address);
            throw guessing ? tooMany(address) : wrong;
        }
    }

    private static LockedException tooMany(String address) {
        return new LockedException("The user name or the password is wrong, as too many from " + address
                + " were before; wait " + SignInThrottle.WAIT.toSeconds()
                + " seconds. Right ones are let in all the same.");
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return passwords.supports(authentication);
    }
}
