package dev.upshift.verification.internal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How hard a comparison may work.
 *
 * @param tablesAtOnce each takes one session, and up to its parallel workers, on either side
 */
@ConfigurationProperties("upshift.verification")
record VerificationSettings(@DefaultValue("2") int tablesAtOnce) {

    VerificationSettings {
        if (tablesAtOnce < 1 || tablesAtOnce > 32) {
            throw new IllegalArgumentException(
                    "upshift.verification.tables-at-once is " + tablesAtOnce + ": set it to a number from 1 to 32");
        }
    }
}
