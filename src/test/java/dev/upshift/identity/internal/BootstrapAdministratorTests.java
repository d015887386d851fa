package dev.upshift.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.upshift.metadata.TestMetadata;
import dev.upshift.shared.InvalidConfiguration;
import dev.upshift.shared.Secret;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

@ExtendWith(OutputCaptureExtension.class)
class BootstrapAdministratorTests {

    private static final Pattern PRINTED = Pattern.compile("sign in as admin with the password\\s+(\\S+)");

    private final PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    private Accounts accounts;

    @BeforeEach
    void emptyDatabase() {
        accounts = new Accounts(JdbcClient.create(TestMetadata.migrated().dataSource()), Clock.systemUTC());
    }

    @Test
    void makesUpAPasswordAndPrintsItOnce(CapturedOutput output) {
        start(null);
        Matcher printed = PRINTED.matcher(output);
        assertThat(printed.find()).isTrue();
        String password = printed.group(1);
        assertThat(password).hasSize(24);
        assertThat(matches(password)).isTrue();
        assertThat(accounts.byName("admin").orElseThrow().passwordHash())
                .startsWith("{bcrypt}")
                .doesNotContain(password);

        start(null);

        assertThat(matches(password)).isTrue();
        assertThat(PRINTED.matcher(output).results()).hasSize(1);
    }

    @Test
    void usesTheConfiguredPasswordWithoutPrintingIt(CapturedOutput output) {
        start("configured-password");

        assertThat(matches("configured-password")).isTrue();
        assertThat(output).doesNotContain("configured-password");
    }

    @Test
    void aConfiguredPasswordIsTheWayBackInAfterTheFirstStart() {
        start(null);
        start("configured-password");
        assertThat(matches("configured-password")).isTrue();

        start(null);
        assertThat(matches("configured-password")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"seven77", "         "})
    void refusesAPasswordThatIsNone(String password) {
        assertThatExceptionOfType(InvalidConfiguration.class)
                .isThrownBy(() -> start(password))
                .satisfies(refused -> assertThat(refused.key()).isEqualTo("upshift.bootstrap-password"));
        assertThat(accounts.byName("admin")).isEmpty();
    }

    private void start(@Nullable String configured) {
        new BootstrapAdministrator(
                        accounts, encoder, new BootstrapSettings(configured == null ? null : new Secret(configured)))
                .afterSingletonsInstantiated();
    }

    private boolean matches(String password) {
        return encoder.matches(password, accounts.byName("admin").orElseThrow().passwordHash());
    }
}
