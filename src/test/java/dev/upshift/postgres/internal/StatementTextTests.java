package dev.upshift.postgres.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
    void whatIsTooLongIsCutAtAComma() {
        String tables = IntStream.range(0, 3_000)
                .mapToObj(number -> "only \"shop\".\"t" + number + "\"")
                .collect(Collectors.joining(", "));
        String cut = StatementText.cut("create publication p for table " + tables);

        assertThat(cut).hasSizeLessThan(2_100).matches("(?s).*\"t\\d+\", ⟨and [\\d,]+ more characters⟩");
        assertThat(StatementText.cut("analyze")).isEqualTo("analyze");
    }
}
