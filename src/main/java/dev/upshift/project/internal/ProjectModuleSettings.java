package dev.upshift.project.internal;

import dev.upshift.shared.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of this module.
 *
 * @param secretKey 32 bytes in Base64 that all stored passwords are encrypted with; without it a key is made up and kept
 *     in the data directory
 */
@ConfigurationProperties("upshift.project")
record ProjectModuleSettings(@Nullable Secret secretKey) {}
