package dev.upshift.postgres.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTextTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "(42)|42",
                "(paid)|paid",
                "(\"a b\")|a b",
                "(\"say \"\"hi\"\"\")|say \"hi\"",
                "(\"C:\\\\temp\")|C:\\temp",
                "(\"(a,b)\")|(a,b)",
                "(\"\"\"\"\"\")|~\"\"~",
            })
    void isUnwrapped(String written, String value) {
        assertThat(RecordText.value(written)).isEqualTo(value);
    }

    @Test
    void nothingIsNothing() {
        assertThat(RecordText.value("(\"\")")).isEmpty();
        assertThat(RecordText.value("()")).isEmpty();
    }
}
