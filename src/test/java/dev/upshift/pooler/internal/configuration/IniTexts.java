package dev.upshift.pooler.internal.configuration;

import dev.upshift.pooler.PoolerConfiguration;

/** The real configuration texts for tests of other modules, without a file. */
public final class IniTexts {

    private IniTexts() {}

    public static PoolerConfiguration of(String text) {
        return IniConfiguration.of(text);
    }
}
