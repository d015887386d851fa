package dev.upshift.transfer.internal.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.link.WorkerErrors;
import dev.upshift.postgres.link.WorkerErrors.Told;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailedCopiesTests {

    private static final TableName PAGES = new TableName("public", "pages");
    private static final TableName WIDE = new TableName("public", "wide");

    private List<TableName> without = List.of();

    private final FailedCopies failed = new FailedCopies(new WorkerErrors() {

        @Override
        public List<TableName> withoutWorker(PostgresSession subscriber, String subscription) {
            return without;
        }

        @Override
        public Told told(PostgresSession subscriber, String subscription) {
            return new Told(
                    Map.of("pages", "function unaccent(text) does not exist"), Optional.empty(), "See its log.");
        }
    });

    @Test
    void anInstantWithoutAWorkerIsNoFailure() {
        assertThat(look()).isEmpty();
        assertThat(look(PAGES)).isEmpty();
        assertThat(look()).isEmpty();
        assertThat(look(PAGES)).isEmpty();
    }

    @Test
    void theServersWordsAreToldAndStayTheSameWhileItTriesAgain() {
        look(PAGES);
        Optional<String> told = look(PAGES);

        assertThat(told)
                .hasValue("shop on the target: the copy of public.pages fails and is tried again every few"
                        + " seconds. The server says: function unaccent(text) does not exist. Remove the cause; the copy then goes"
                        + " on by itself.");
        assertThat(look()).isEqualTo(told);
        assertThat(look(PAGES)).isEqualTo(told);
        for (int looks = 0; looks < 19; looks++) {
            assertThat(look()).isEqualTo(told);
        }
        assertThat(look()).isEmpty();
    }

    @Test
    void eachReasonIsToldWithATableOfIts() {
        look(PAGES, WIDE);

        assertThat(look(PAGES, WIDE))
                .hasValueSatisfying(told -> assertThat(told)
                        .contains("copy of public.pages, public.wide fails")
                        .contains("public.pages: The server says: function unaccent(text) does not exist.")
                        .contains("public.wide: See its log."));
    }

    private Optional<String> look(TableName... withoutWorker) {
        without = List.of(withoutWorker);
        PostgresSession unused = null;
        return failed.look(unused, "shop", "link");
    }
}
