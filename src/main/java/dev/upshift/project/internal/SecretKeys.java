package dev.upshift.project.internal;

import dev.upshift.shared.DataDirectory;
import dev.upshift.shared.InvalidConfiguration;
import dev.upshift.shared.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Finds the key of the stored passwords: the configured one, else the one in the data directory, else a new one. */
@Configuration(proxyBeanMethods = false)
class SecretKeys {

    static final String KEY = "upshift.project.secret-key";
    static final String FILE = "secret-key";

    private static final Logger log = LoggerFactory.getLogger(SecretKeys.class);

    /** AES-256. */
    private static final int BYTES = 32;

    private static final String HOW_TO_MAKE_ONE = "Make one with: openssl rand -base64 32";

    @Bean
    SecretCipher secretCipher(ProjectModuleSettings settings, DataDirectory directory) {
        Secret configured = settings.secretKey();
        return new SecretCipher(
                configured == null || configured.isBlank() ? fromFile(directory) : decode(configured.reveal(), KEY));
    }

    private static SecretKey fromFile(DataDirectory directory) {
        Path file = directory.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[BYTES];
                new SecureRandom().nextBytes(random);
                directory.write(FILE, Base64.getEncoder().encodeToString(random));
            }
            log.warn(
                    "The key that protects stored passwords lies beside them, in {}. Keep a copy: without it they are"
                            + " lost. Better, take it from a vault and set UPSHIFT_SECRET_KEY to its content.",
                    file);
            return decode(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new InvalidConfiguration(
                    KEY,
                    "The key in " + file + " cannot be read (" + e.getMessage() + ").",
                    "Let the user that runs Upshift read it, or set UPSHIFT_SECRET_KEY.",
                    e);
        }
    }

    private static SecretKey decode(String base64, String where) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            // Without the cause, which quotes characters of the key.
            throw new InvalidConfiguration(KEY, "The key from " + where + " is not Base64.", HOW_TO_MAKE_ONE);
        }
        if (bytes.length != BYTES) {
            throw new InvalidConfiguration(
                    KEY,
                    "The key from " + where + " has " + bytes.length + " bytes instead of " + BYTES + ".",
                    HOW_TO_MAKE_ONE);
        }
        return new SecretKeySpec(bytes, "AES");
    }
}
