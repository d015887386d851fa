package dev.upshift.project.internal;

import dev.upshift.shared.InvalidConfiguration;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stops the start when the key in use is not the one that the stored passwords were encrypted with: a control plane
 * that can read no project is better noticed now than in the middle of a run.
 */
@Component
class StoredSecretsCheck implements SmartInitializingSingleton {

    private final JdbcClient database;
    private final SecretCipher cipher;

    StoredSecretsCheck(JdbcClient database, SecretCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    @Override
    public void afterSingletonsInstantiated() {
        try {
            database.sql("select password from project_cluster where password is not null limit 1")
                    .query((row, _) -> new CipherText(row.getBytes(1)))
                    .optional()
                    .ifPresent(cipher::decrypt);
        } catch (WrongSecretKey e) {
            throw new InvalidConfiguration(SecretKeys.KEY, WrongSecretKey.PROBLEM, WrongSecretKey.REMEDY, e);
        }
    }
}
