package dev.upshift.project.internal;

import dev.upshift.project.Acceptance;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.relational.core.mapping.DefaultNamingStrategy;
import org.springframework.data.relational.core.mapping.NamingStrategy;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;

/** How values of our own become columns. */
@Configuration(proxyBeanMethods = false)
class StoredTypes {

    @Bean
    JdbcCustomConversions jdbcCustomConversions() {
        return new JdbcCustomConversions(List.of(
                new CipherTextToBytes(),
                new BytesToCipherText(),
                new DurationToMillis(),
                new MillisToDuration(),
                new AcceptanceToText(),
                new TextToAcceptance()));
    }

    /** The unit of a column stands in its name. */
    @Bean
    NamingStrategy namingStrategy() {
        return new DefaultNamingStrategy() {
            @Override
            public String getColumnName(RelationalPersistentProperty property) {
                String name = super.getColumnName(property);
                return property.getType() == Duration.class ? name + "_millis" : name;
            }
        };
    }

    @WritingConverter
    static final class CipherTextToBytes implements Converter<CipherText, byte[]> {
        @Override
        public byte[] convert(CipherText source) {
            return source.bytes();
        }
    }

    @ReadingConverter
    static final class BytesToCipherText implements Converter<byte[], CipherText> {
        @Override
        public CipherText convert(byte[] source) {
            return new CipherText(source);
        }
    }

    @WritingConverter
    static final class DurationToMillis implements Converter<Duration, Long> {
        @Override
        public Long convert(Duration source) {
            return source.toMillis();
        }
    }

    @ReadingConverter
    static final class MillisToDuration implements Converter<Long, Duration> {
        @Override
        public Duration convert(Long source) {
            return Duration.ofMillis(source);
        }
    }

    @WritingConverter
    static final class AcceptanceToText implements Converter<Acceptance, String> {
        @Override
        public String convert(Acceptance source) {
            return source.id();
        }
    }

    /** Names that are not known any more are left out. */
    @ReadingConverter
    static final class TextToAcceptance implements Converter<String, @Nullable Acceptance> {
        @Override
        public @Nullable Acceptance convert(String source) {
            return Acceptance.of(source).orElse(null);
        }
    }
}
