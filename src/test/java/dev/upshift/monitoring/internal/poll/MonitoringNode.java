package dev.upshift.monitoring.internal.poll;

import com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration;
import dev.upshift.monitoring.HealthChanged;
import dev.upshift.monitoring.Monitoring;
import dev.upshift.monitoring.SnapshotTaken;
import dev.upshift.monitoring.internal.MonitoringSettings;
import dev.upshift.project.Projects;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.event.EventListener;

/** A control plane that can do nothing but watch: this module over its real neighbours and a real database. */
final class MonitoringNode implements AutoCloseable {

    private final ConfigurableApplicationContext application;

    private MonitoringNode(ConfigurableApplicationContext application) {
        this.application = application;
    }

    /** @param properties over those that suit a test: an interval of a second, and no polls */
    static MonitoringNode start(String metadataUrl, Projects projects, String... properties) {
        return new MonitoringNode(new SpringApplicationBuilder(Parts.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> context.getBeanFactory().registerSingleton("projects", projects))
                .properties(
                        "spring.config.name=none",
                        "spring.datasource.url=" + metadataUrl,
                        "spring.datasource.username=upshift",
                        "spring.datasource.password=upshift-lab",
                        "db-scheduler.enabled=false",
                        "upshift.monitoring.interval=1s",
                        "upshift.monitoring.inventory-interval=1s")
                .properties(properties)
                .run());
    }

    Monitoring monitoring() {
        return application.getBean(Monitoring.class);
    }

    <T> T part(Class<T> type) {
        return application.getBean(type);
    }

    Heard heard() {
        return application.getBean(Heard.class);
    }

    @Override
    public void close() {
        application.close();
    }

    /** What the module told others. */
    static class Heard {

        final List<SnapshotTaken> snapshots = new CopyOnWriteArrayList<>();
        final List<HealthChanged> changes = new CopyOnWriteArrayList<>();

        @EventListener
        void on(SnapshotTaken taken) {
            snapshots.add(taken);
        }

        @EventListener
        void on(HealthChanged changed) {
            changes.add(changed);
        }
    }

    /** Tests keep configurations of their own as nested classes in the same packages; schemas are compared here, but copied, and plans recorded, by others. */
    @ComponentScan(
            basePackages = {
                "dev.upshift.monitoring.internal",
                "dev.upshift.records.internal",
                "dev.upshift.postgres.internal",
                "dev.upshift.pooler.internal",
                "dev.upshift.shared"
            },
            excludeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = ".*(\\$|\\.(schema|tool|record)\\.|\\.(RoleCopy|SqlRoleLevelling)).*"))
    @EnableConfigurationProperties(MonitoringSettings.class)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        DbSchedulerAutoConfiguration.class
    })
    static class Parts {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Heard heard() {
            return new Heard();
        }
    }
}
