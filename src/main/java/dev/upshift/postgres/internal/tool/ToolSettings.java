package dev.upshift.postgres.internal.tool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where PostgreSQL's client programs are and how long they may take.
 *
 * @param toolsDirectory the folder with {@code pg_dump} and {@code pg_restore}; searched for when not set
 * @param copyTimeout for taking a schema from the source, and for putting it into the target
 * @param buildTimeout for building indexes and constraints over the copied data, which takes days on terabytes
 */
@ConfigurationProperties("upshift.postgres")
public record ToolSettings(
        @Nullable Path toolsDirectory,
        @DefaultValue("PT1H") Duration copyTimeout,
        @DefaultValue("P7D") Duration buildTimeout) {

    public ToolSettings {
        if (toolsDirectory != null && !Files.isExecutable(toolsDirectory.resolve("pg_dump"))) {
            throw new IllegalArgumentException("upshift.postgres.tools-directory is " + toolsDirectory
                    + ", where there is no executable pg_dump: set it to the folder that holds pg_dump and pg_restore,"
                    + " for example /usr/lib/postgresql/17/bin, or leave it out to have them searched for");
        }
        requirePositive("copy-timeout", copyTimeout);
        requirePositive("build-timeout", buildTimeout);
    }

    private static void requirePositive(String key, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "upshift.postgres." + key + " is " + value + ": set it to a duration over zero, for example PT1H");
        }
    }
}
