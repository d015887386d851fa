package dev.upshift.lab;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A user name and its password.
 *
 * @param user the role's name
 * @param password the clear password; these are lab passwords and protect nothing
 */
public record Login(String user, String password) {

    /** The control plane's role: superuser on both sides, administrator of every pooler's console. */
    public static final Login UPSHIFT = new Login("upshift", "upshift-lab");

    /** The application's role: owns the schema {@code shop}; what the ledger writers sign in as. */
    public static final Login APP = new Login("app", "app-lab");

    /** The bootstrap superuser that {@code initdb} makes. */
    static final Login POSTGRES = new Login("postgres", "postgres-lab");

    /**
     * What servers and poolers are given to recognise the password by. Where times are measured that is the password
     * itself, so that a server makes its usual 4,096 rounds of it and every sign-in costs what it costs elsewhere;
     * everywhere else a verifier of a single round. {@code SideGoneIT} spent a quarter of its JVM's time on those rounds.
     */
    String kept() {
        return Boolean.getBoolean("lab.disk") ? password : verifier();
    }

    /**
     * RFC 5802, in the form of {@code pg_authid}. The salt is always the same, so that a pooler may pass on to a server
     * what a client has shown it; where two servers are to keep different ones of one password, let them make it
     * themselves.
     */
    private String verifier() {
        try {
            byte[] salt = Base64.getDecoder().decode("VXBzaGlmdCdzIGxhYiBzYQ==");
            byte[] salted = hmac(password.getBytes(StandardCharsets.UTF_8), salt, new byte[] {0, 0, 0, 1});
            byte[] stored = MessageDigest.getInstance("SHA-256").digest(hmac(salted, ascii("Client Key")));
            return "SCRAM-SHA-256$1:%s$%s:%s"
                    .formatted(text(salt), text(stored), text(hmac(salted, ascii("Server Key"))));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
