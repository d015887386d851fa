package dev.upshift.metadata;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Configures a new database for an application context, and everything else that would end up in a home directory. */
final class MetadataInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "spring.datasource.url=" + TestMetadata.empty().url(),
                        "spring.datasource.username=postgres",
                        // Several contexts share one server.
                        "spring.datasource.hikari.maximum-pool-size=8",
                        "spring.datasource.hikari.minimum-idle=1",
                        // Slices keep this database.
                        "spring.test.database.replace=none",
                        "upshift.data-directory=target/upshift-data",
                        "upshift.bootstrap-password=" + MetadataTest.ADMINISTRATORS_PASSWORD,
                        // Thirty-two zero bytes.
                        "upshift.project.secret-key=" + "A".repeat(43) + "=")
                .applyTo(context);
    }
}
