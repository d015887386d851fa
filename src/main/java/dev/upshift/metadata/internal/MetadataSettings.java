package dev.upshift.metadata.internal;

import dev.upshift.shared.InvalidConfiguration;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of this module.
 *
 * @param startTimeout how long the embedded server may take to start. Recovery after a crash replays at most {@code
 *     max_wal_size}, which takes seconds; a server that cannot start at all costs as long, because the library does not
 *     notice that it has gone.
 */
@ConfigurationProperties("upshift.metadata")
record MetadataSettings(@DefaultValue("30s") Duration startTimeout) {

    MetadataSettings {
        if (startTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new InvalidConfiguration(
                    "upshift.metadata.start-timeout",
                    "The embedded metadata database cannot start within " + startTimeout + ".",
                    "Allow it at least a second; 30s is usual.");
        }
    }
}
