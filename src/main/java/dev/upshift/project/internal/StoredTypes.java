package dev.upshift.project.internal;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;

/** How values of our own become columns. */
@Configuration(proxyBeanMethods = false)
class StoredTypes {

    @Bean
    JdbcCustomConversions jdbcCustomConversions() {
        return new JdbcCustomConversions(List.of(new CipherTextToBytes(), new BytesToCipherText()));
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
}
