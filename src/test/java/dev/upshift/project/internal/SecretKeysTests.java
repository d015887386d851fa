package dev.upshift.project.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.upshift.metadata.TestMetadata;
import dev.upshift.shared.DataDirectory;
import dev.upshift.shared.InvalidConfiguration;
import dev.upshift.shared.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(OutputCaptureExtension.class)
class SecretKeysTests {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final Secret PASSWORD = new Secret("s3cret ü");

    @TempDir
    private Path temporary;

    @Test
    void aConfiguredKeyWritesNothing() {
        Path directory = temporary.resolve("data");

        SecretCipher cipher = cipher(KEY, directory);

        assertThat(cipher.decrypt(cipher.encrypt(PASSWORD))).isEqualTo(PASSWORD);
        assertThat(directory).doesNotExist();
    }

    @Test
    void aGeneratedKeyIsForItsOwnerOnlyAndIsFoundAgain(CapturedOutput output) throws IOException {
        CipherText stored = cipher(null, temporary).encrypt(PASSWORD);

        assertThat(cipher("", temporary).decrypt(stored)).isEqualTo(PASSWORD);
        Path file = temporary.resolve(SecretKeys.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(output)
                .contains("UPSHIFT_SECRET_KEY")
                .contains(file.toString())
                .doesNotContain(Files.readString(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c2hvcnQ=", "not base64 at all!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void refusesAnythingButThirtyTwoBytesWithoutRepeatingIt(String key) {
        assertThatExceptionOfType(InvalidConfiguration.class)
                .isThrownBy(() -> cipher(key, temporary))
                .satisfies(refused -> {
                    assertThat(refused.key()).isEqualTo("upshift.project.secret-key");
                    assertThat(refused.remedy()).contains("openssl rand -base64 32");
                    assertThat(refused).hasNoCause();
                    assertThat(refused.getMessage()).doesNotContain(key);
                });
    }

    @Test
    void refusesToDecryptWithAnotherKey() {
        CipherText stored = cipher(KEY, temporary).encrypt(PASSWORD);

        assertThatExceptionOfType(WrongSecretKey.class)
                .isThrownBy(() -> cipher(null, temporary).decrypt(stored));
    }

    @Test
    void refusesWhatWasTamperedWith() {
        SecretCipher cipher = cipher(KEY, temporary);
        byte[] bytes = cipher.encrypt(PASSWORD).bytes();
        bytes[bytes.length - 1] ^= 1;

        assertThatExceptionOfType(WrongSecretKey.class).isThrownBy(() -> cipher.decrypt(new CipherText(bytes)));
    }

    @Test
    void theStartIsRefusedWhenStoredPasswordsNeedAnotherKey() {
        JdbcClient database = JdbcClient.create(TestMetadata.migrated().dataSource());
        SecretCipher before = cipher(KEY, temporary);
        new StoredSecretsCheck(database, before).afterSingletonsInstantiated(); // nothing stored: any key is right
        store(database, before.encrypt(PASSWORD));

        new StoredSecretsCheck(database, before).afterSingletonsInstantiated();
        assertThatExceptionOfType(InvalidConfiguration.class)
                .isThrownBy(
                        () -> new StoredSecretsCheck(database, cipher(null, temporary)).afterSingletonsInstantiated())
                .satisfies(refused -> assertThat(refused.remedy()).contains("set password = null"));

        // What the remedy says works.
        database.sql("update project_cluster set password = null").update();
        new StoredSecretsCheck(database, cipher(null, temporary)).afterSingletonsInstantiated();
    }

    private static void store(JdbcClient database, CipherText password) {
        database.sql("""
                        insert into project (slug, name, databases, lag_threshold_bytes, pause_budget_millis,
                            pause_attempts, sequence_margin, long_transaction_limit_millis, hard_fence, copy_jobs,
                            binary_copy, phase, serving_side, revision, created_at, phase_changed_at)
                        values ('shop', 'Shop', '{shop}', 1, 5000, 3, 1000, 10000, false, 2, false, 'DRAFT', 'SOURCE', 0,
                            now(), now())""").update();
        database.sql("""
                        insert into project_cluster (project, side, host, port, username, password, ssl_mode)
                        select id, 'SOURCE', 'h', 5432, 'u', :password, 'prefer' from project""").param("password", password.bytes()).update();
    }

    private static SecretCipher cipher(@Nullable String key, Path directory) {
        return new SecretKeys()
                .secretCipher(
                        new ProjectModuleSettings(key == null ? null : new Secret(key)), new DataDirectory(directory));
    }
}
