package dev.upshift.identity.internal;

import dev.upshift.shared.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the first administrator gets in.
 *
 * @param bootstrapPassword the password of {@code admin}, also on later starts, which is the way back in for who forgot
 *     it; without it a random one is made and printed at the first start
 */
@ConfigurationProperties("upshift")
record BootstrapSettings(@Nullable Secret bootstrapPassword) {}
