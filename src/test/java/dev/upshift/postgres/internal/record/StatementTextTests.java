package dev.upshift.postgres.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements as people read them. */
class StatementTextTests {

    @Test
    void theDriversBracketsAndOurCommentsAreLeftOut() {
        assertThat(StatementText.tidy("""
                        -- why
                        select pg_drop_replication_slot(('a''b'))
                        from t where x = ('5'::int4) and y in (1, ('z'))
                        """))
                .isEqualTo("select pg_drop_replication_slot('a''b')\nfrom t where x = '5' and y in (1, 'z')");
    }

    @Test
    void callsKeepTheirBrackets() {
        assertThat(StatementText.tidy("select current_setting('is_superuser')"))
                .isEqualTo("select current_setting('is_superuser')");
    }

    @Test
    void whatStandsInsideAValueStaysAsItIs() {
        assertThat(StatementText.tidy("select f('a = (''b'') , (''c'')'), x = ('d (''e'')'::text), y = ('open"))
                .isEqualTo("select f('a = (''b'') , (''c'')'), x = 'd (''e'')', y = ('open");
        assertThat(StatementText.tidy("alter publication \"it's\" set (x = ('y'), z = ('w'::text))"))
                .isEqualTo("alter publication \"it's\" set (x = 'y', z = 'w')");
        assertThat(StatementText.tidy("select '")).isEqualTo("select '");
        assertThat(StatementText.tidy("x = (")).isEqualTo("x = (");
        assertThat(StatementText.tidy("x = ('a'::numeric(5))")).isEqualTo("x = ('a'::numeric(5))");
    }

    /** The names of all sequences are one value; the stack must not grow with them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 400, 20_000})
    void statementsMayHoldAnyNumberOfNames(int number) {
        String names = IntStream.range(0, number)
                .mapToObj(each -> "a ''sequence'' of ours, number " + each)
                .collect(Collectors.joining(",", "'{", "}'"));

        assertThat(StatementText.tidy("select from unnest((" + names + "::text[]), (" + names + "))"))
                .isEqualTo("select from unnest((" + names + "::text[]), " + names + ")");
        assertThat(StatementText.cut(names)).hasSizeLessThan(2_100);
    }

    @Test
    void whatIsTooLongIsCutAtAComma() {
        String tables = IntStream.range(0, 3_000)
                .mapToObj(number -> "only \"shop\".\"t" + number + "\"")
                .collect(Collectors.joining(", "));
        String cut = StatementText.cut("create publication p for table " + tables);

        assertThat(cut).hasSizeLessThan(2_100).matches("(?s).*\"t\\d+\", ⟨and [\\d,]+ more characters⟩");
        assertThat(StatementText.cut("analyze")).isEqualTo("analyze");
    }
}
