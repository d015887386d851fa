package dev.upshift.monitoring.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class MonitoringSettingsTests {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void areSensibleWithoutBeingSet() {
        application.run(context -> {
            MonitoringSettings settings = context.getBean(MonitoringSettings.class);
            assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(2));
            assertThat(settings.patience()).isEqualTo(Duration.ofMillis(1500));
            assertThat(settings.history().coarse()).isEqualTo(Duration.ofDays(30));
            assertThat(settings.retainedLimit().toString()).isEqualTo("10.7 GB");
        });
    }

    @Test
    void patienceFollowsTheInterval() {
        application
                .withPropertyValues("upshift.monitoring.interval=PT1S")
                .run(context -> assertThat(
                                context.getBean(MonitoringSettings.class).patience())
                        .isEqualTo(Duration.ofMillis(750)));
    }

    @Test
    void stopTheStartWithTheKeyWhenTheyAreWrong() {
        refuses("upshift.monitoring.interval=10ms", "upshift.monitoring.interval must be between");
        refuses("upshift.monitoring.timeout=5s", "upshift.monitoring.timeout must be at least");
        refuses("upshift.monitoring.inventory-interval=2h", "upshift.monitoring.inventory-interval must be");
        refuses("upshift.monitoring.history.everything=48h", "upshift.monitoring.history must grow");
    }

    private void refuses(String property, String message) {
        application
                .withPropertyValues(property)
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining(message));
    }

    @EnableConfigurationProperties(MonitoringSettings.class)
    static class Settings {}
}
