package dev.upshift.engine.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.internal.plan.Repetitions.Counted;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done again and again is told once; what is done again later is told again. */
class RepetitionsTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''            | ''
            a             | a
            a b c         | a b c
            a a a         | a*
            a b a b a b   | a* b*
            x a b a b y   | x a* b* y
            a b c a       | a b c a
            a a b a a b   | a* b a* b
            a b a b a     | a* b* a
            """)
    void rowsThatFollowThemselvesAreToldOnce(String things, String told) {
        assertThat(Repetitions.in(words(things)).stream().map(RepetitionsTests::word))
                .isEqualTo(words(told));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    private static String word(Counted<String> counted) {
        return counted.thing() + (counted.repeated() ? "*" : "");
    }
}
