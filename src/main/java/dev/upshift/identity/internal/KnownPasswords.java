package dev.upshift.identity.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Compares passwords with their hashes, which is meant to be slow, and remembers which were right, as digests under a
 * key that lives as long as the process. So whoever signs in with every request, as programs do, waits for no hash and
 * not behind those who guess. What is remembered is of no use once the account has another hash.
 */
final class KnownPasswords implements PasswordEncoder {

    private static final String DIGEST = "HmacSHA256";
    private static final int REMEMBERED = 1_000;

    private final PasswordEncoder slow;
    private final SecretKeySpec key;
    private final Cache<ByteBuffer, Boolean> right =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    KnownPasswords(PasswordEncoder slow) {
        this.slow = slow;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, DIGEST);
    }

    /** Whether it was right before, for this very hash. */
    private boolean knows(CharSequence password, String hash) {
        return right.getIfPresent(digest(password, hash)) != null;
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
        if (password == null || hash == null) {
            return slow.matches(password, hash);
        }
        if (knows(password, hash)) {
            return true;
        }
        boolean matches = HashingLane.current().compare(() -> slow.matches(password, hash));
        if (matches) {
            right.put(digest(password, hash), true);
        }
        return matches;
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        return slow.encode(password);
    }

    @Override
    public boolean upgradeEncoding(@Nullable String hash) {
        return slow.upgradeEncoding(hash);
    }

    private ByteBuffer digest(CharSequence password, String hash) {
        try {
            Mac mac = Mac.getInstance(DIGEST);
            mac.init(key);
            mac.update(hash.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return ByteBuffer.wrap(mac.doFinal(password.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java has " + DIGEST, missing);
        }
    }
}
