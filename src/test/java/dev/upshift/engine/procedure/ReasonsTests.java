package dev.upshift.engine.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.link.Links.LinkRefused;
import java.io.EOFException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;

class ReasonsTests {

    @Test
    void theServersOwnWordsAreTold() {
        SQLException server = new SQLException("ERROR: permission denied for sequence ids\n  Hint: none");

        assertThat(Reasons.of(new DataAccessResourceFailureException("PreparedStatementCallback; …", server)))
                .isEqualTo("permission denied for sequence ids.");
    }

    @Test
    void ourOwnWordsAreNotReplacedByTheirCause() {
        LinkRefused refused =
                new LinkRefused("The source cannot reach db-new:5432.", "Look.", new SQLException("timeout"));

        assertThat(Reasons.of(refused)).isEqualTo("The source cannot reach db-new:5432. Look.");
    }

    @ParameterizedTest
    @CsvSource({"Gone,Gone.", "Gone.,Gone.", "Gone!,Gone!", "Gone?,Gone?"})
    void aReasonIsASentence(String message, String reason) {
        assertThat(Reasons.of(new IllegalStateException(message))).isEqualTo(reason);
    }

    /** A server that was restarted: the end of the stream is told by its type only. */
    @Test
    void theDriversWordsAreToldWhereWhatIsBelowHasNone() {
        SQLException driver =
                new SQLException("An I/O error occurred while sending to the backend.", new EOFException());

        assertThat(Reasons.of(new DataAccessResourceFailureException("PreparedStatementCallback; …", driver)))
                .isEqualTo("An I/O error occurred while sending to the backend.");
    }

    @Test
    void anExceptionWithoutWordsIsNamed() {
        assertThat(Reasons.of(new IllegalStateException()))
                .isEqualTo("Unexpected IllegalStateException; the log has the details.");
        assertThat(Reasons.of(new IllegalStateException("  ")))
                .isEqualTo("Unexpected IllegalStateException; the log has the details.");
    }
}
