package dev.upshift.pooler.internal.configuration;

import dev.upshift.pooler.ConfigurationFormat;
import dev.upshift.pooler.PoolerConfiguration;
import org.springframework.stereotype.Component;

/** PgBouncer's own. */
@Component
final class IniFormat implements ConfigurationFormat {

    @Override
    public PoolerConfiguration read(String text) {
        return IniConfiguration.of(text);
    }
}
