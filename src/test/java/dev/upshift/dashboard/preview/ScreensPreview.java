package dev.upshift.dashboard.preview;

import dev.upshift.audit.AuditEntry;
import dev.upshift.audit.AuditEntry.Action;
import dev.upshift.audit.AuditTrail;
import dev.upshift.engine.Procedures;
import dev.upshift.identity.CurrentActor;
import dev.upshift.monitoring.DirectClients;
import dev.upshift.monitoring.DirectClients.DirectClient;
import dev.upshift.monitoring.Monitoring;
import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.internal.configuration.TestStores;
import dev.upshift.switchover.Rehearsals;
import dev.upshift.verification.Verifications;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * All pages over {@linkplain MadeUpProjects made-up projects}, without servers or a database: start it, then open
 * {@code http://localhost:8099/} as {@code mara} with the password {@code mara}. Deliberately no {@code @Configuration}:
 * a scan of the application must not find it.
 */
@EnableAutoConfiguration(
        excludeName = {
            "com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration",
            "org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.modulith.events.config.EventPublicationAutoConfiguration",
            "org.springframework.modulith.events.jdbc.JdbcEventPublicationAutoConfiguration",
            "org.springframework.modulith.runtime.autoconfigure.SpringModulithRuntimeAutoConfiguration",
        })
@ComponentScan("dev.upshift.dashboard.web")
public class ScreensPreview {

    private static final String POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void main(String[] args) {
        start(8099);
    }

    /** @param port 0 for any that is free */
    static ConfigurableApplicationContext start(int port) {
        SpringApplication application = new SpringApplication(ScreensPreview.class);
        return application.run(
                "--server.port=" + port, "--spring.thymeleaf.cache=false", "--spring.main.banner-mode=off");
    }

    @Bean
    SecurityFilterChain pages(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/assets/**", "/login")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(form -> form.loginPage("/login"))
                .httpBasic(Customizer.withDefaults())
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY)))
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("mara").password("{noop}mara").build());
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    ConfigurationStores stores() {
        return TestStores.known();
    }

    @Bean
    CurrentActor actor() {
        return () -> "mara";
    }

    @Bean
    Rehearsals rehearsals(Procedures procedures) {
        return new PreviewRehearsals(procedures);
    }

    @Bean
    MadeUpProjects madeUp(Clock clock) {
        return new MadeUpProjects(clock);
    }

    @Bean
    PreviewProjects projects(MadeUpProjects madeUp) {
        return new PreviewProjects(madeUp);
    }

    @Bean
    Monitoring monitoring(MadeUpProjects madeUp, Clock clock) {
        return new PreviewMonitoring(madeUp, clock);
    }

    @Bean
    DirectClients directClients(Clock clock) {
        Instant now = clock.instant();
        return slug -> slug.equals("shop")
                ? List.of(new DirectClient(
                        "shop",
                        "report",
                        "nightly export",
                        "10.0.7.21",
                        2,
                        now.minusSeconds(86_400),
                        now.minusSeconds(60)))
                : List.of();
    }

    @Bean
    PreviewStopSwitch stopSwitch(Clock clock) {
        return new PreviewStopSwitch(clock);
    }

    @Bean
    PreviewProcedures procedures(MadeUpProjects madeUp, Clock clock) {
        return new PreviewProcedures(madeUp, clock);
    }

    @Bean
    AuditTrail audit(Clock clock) {
        Instant now = clock.instant();
        return (slug, atMost) -> List.of(
                new AuditEntry(
                        2, now.minusSeconds(40), "mara", Action.RUN_STARTED, slug, "Run 2 (cutover) was started."),
                new AuditEntry(
                        3,
                        now.minusSeconds(4_000),
                        "mara",
                        Action.PROJECT_CHANGED,
                        slug,
                        "Source password changed; pause budget: 5 s → 8 s; rehearsal required: off → on"),
                new AuditEntry(
                        1,
                        now.minusSeconds(90_000),
                        "system",
                        Action.PROJECT_CHANGED,
                        slug,
                        "Project \"" + slug + "\" <b>was</b> registered."));
    }

    @Bean
    Verifications verifications(MadeUpProjects madeUp) {
        return new PreviewVerifications(madeUp);
    }
}
