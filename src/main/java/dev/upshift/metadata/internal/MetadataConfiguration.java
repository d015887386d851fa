package dev.upshift.metadata.internal;

import dev.upshift.shared.DataDirectory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Brings an embedded metadata database when none is configured. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MetadataSettings.class)
class MetadataConfiguration {

    /** Closed after the connection pool, which depends on it. */
    @Bean
    @Conditional(NoDatabaseConfigured.class)
    EmbeddedMetadata embeddedMetadata(DataDirectory dataDirectory, MetadataSettings settings) {
        return EmbeddedMetadata.start(dataDirectory, settings);
    }

    /** An empty value counts as none: that is how a compose file passes on what is not set. */
    static final class NoDatabaseConfigured extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            boolean configured = StringUtils.hasText(context.getEnvironment().getProperty("spring.datasource.url"));
            return new ConditionOutcome(
                    !configured,
                    ConditionMessage.forCondition("metadata")
                            .because("spring.datasource.url is " + (configured ? "set" : "not set")));
        }
    }
}
