package dev.upshift.pooler.internal;

import java.util.logging.Filter;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Drops the one warning that the driver logs for every console connection: a console's version, such as
 * {@code 1.18.0/bouncer}, is no PostgreSQL version. Everything else that the driver says stays.
 */
final class UnsupportedVersionSilence {

    /** Kept, because a logger that nobody holds is collected together with its filter. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql.jdbc.PgConnection");

    private UnsupportedVersionSilence() {}

    static synchronized void install() {
        Filter before = DRIVER.getFilter();
        if (!(before instanceof Silence)) {
            DRIVER.setFilter(new Silence(before));
        }
    }

    private record Silence(@Nullable Filter before) implements Filter {
        @Override
        public boolean isLoggable(java.util.logging.LogRecord entry) {
            return !String.valueOf(entry.getMessage()).startsWith("Unsupported Server Version")
                    && (before == null || before.isLoggable(entry));
        }
    }
}
