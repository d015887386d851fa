package dev.upshift.identity.internal;

import dev.upshift.shared.InvalidConfiguration;
import dev.upshift.shared.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Sees to it, before the first request, that the administrator's account is there. */
@Component
class BootstrapAdministrator implements SmartInitializingSingleton {

    static final String NAME = "admin";

    private static final Logger log = LoggerFactory.getLogger(BootstrapAdministrator.class);

    private static final int SHORTEST_PASSWORD = 8;
    /** 18 bytes are 24 characters of Base64: beyond guessing, and still typed in one go. */
    private static final int RANDOM_BYTES = 18;

    private final Accounts accounts;
    private final PasswordEncoder encoder;
    private final BootstrapSettings settings;

    BootstrapAdministrator(Accounts accounts, PasswordEncoder encoder, BootstrapSettings settings) {
        this.accounts = accounts;
        this.encoder = encoder;
        this.settings = settings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Optional<Account> administrator = accounts.byName(NAME);
        Secret configured = settings.bootstrapPassword();
        if (configured != null && !configured.reveal().isEmpty()) {
            useConfigured(administrator, configured.reveal());
        } else if (administrator.isEmpty()) {
            makeOneUp();
        }
    }

    private void useConfigured(Optional<Account> administrator, String password) {
        if (password.length() < SHORTEST_PASSWORD || password.isBlank()) {
            throw new InvalidConfiguration(
                    "upshift.bootstrap-password",
                    "The administrator's password has fewer than " + SHORTEST_PASSWORD + " characters.",
                    "Choose a longer one, or leave it out to have one made up and printed at the first start.");
        }
        if (administrator.isEmpty()) {
            accounts.add(NAME, encode(password));
        } else if (!encoder.matches(password, administrator.get().passwordHash())) {
            accounts.changePassword(NAME, encode(password));
            log.info("The password of {} was changed to the one in upshift.bootstrap-password", NAME);
        }
    }

    private void makeOneUp() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().encodeToString(random);
        if (accounts.add(NAME, encode(password))) {
            log.warn("""


                    First start: sign in as {} with the password

                        {}

                    It is not shown again. To choose one, set upshift.bootstrap-password (environment: UPSHIFT_BOOTSTRAP_PASSWORD) and restart.
                    """, NAME, password);
        }
    }

    private String encode(String password) {
        return Objects.requireNonNull(encoder.encode(password));
    }
}
