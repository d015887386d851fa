package dev.upshift.project.internal;

import dev.upshift.shared.Secret;
import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;
import org.springframework.security.crypto.encrypt.BytesEncryptor;

/** Encrypts secrets for storage and back: AES-256-GCM with a random initialisation vector in front. */
final class SecretCipher {

    private final BytesEncryptor encryptor;

    SecretCipher(SecretKey key) {
        this.encryptor = AesGcmBytesEncryptor.withSecretKey(key).build();
    }

    CipherText encrypt(Secret secret) {
        return new CipherText(encryptor.encrypt(secret.reveal().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * @param stored null for a password that has to be entered again, which becomes a blank one
     * @throws WrongSecretKey if it was encrypted with another key, or tampered with
     */
    Secret decrypt(@Nullable CipherText stored) {
        if (stored == null) {
            return new Secret("");
        }
        try {
            return new Secret(new String(encryptor.decrypt(stored.bytes()), StandardCharsets.UTF_8));
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new WrongSecretKey(e);
        }
    }
}
