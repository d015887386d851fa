package dev.upshift.postgres.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lines as servers of 13 and 17 write them. */
class WorkerLogTests {

    private static final String BEGINS =
            "logical replication table synchronization worker for subscription \"ours\", table \"%s\" has started";
    private static final String ENDS =
            "background worker \"logical replication worker\" (PID %d) exited with exit code 1";

    private final StringBuilder log = new StringBuilder();

    @Test
    void aWorkersErrorIsToldWithItsHintAndWithoutRows() {
        line(4711, "LOG", BEGINS.formatted("pages"));
        line(4712, "ERROR", "permission denied for table secrets");
        line(4711, "ERROR", "function unaccent(text) does not exist at character 22");
        line(4711, "HINT", "No function matches.");
        line(4712, "STATEMENT", "select 1");
        line(4711, "QUERY", "regexp_replace(v)");
        line(4711, "CONTEXT", "PL/pgSQL function public.slugify(text) line 1 at RETURN");
        log.append("\tCOPY pages, line 1: \"1\tsecret\"\n");
        line(4700, "LOG", ENDS.formatted(4711));

        assertThat(read().copies())
                .isEqualTo(Map.of(
                        "pages",
                        "function unaccent(text) does not exist at character 22. No function matches. PL/pgSQL function"
                                + " public.slugify(text) line 1 at RETURN"));
        assertThat(read().apply()).isEmpty();
    }

    @Test
    void theLastErrorOfEachTableCounts() {
        failing(1, "a", "first");
        failing(2, "b", "duplicate key value violates unique constraint \"b_pkey\"");
        line(2, "DETAIL", "Key (mail)=(x@y) already exists.");
        failing(3, "a", "second");

        assertThat(read().copies())
                .isEqualTo(Map.of("a", "second", "b", "duplicate key value violates unique constraint \"b_pkey\""));
    }

    @Test
    void aWorkerThatAppliesIsTold() {
        line(5, "LOG", "logical replication apply worker for subscription \"ours\" has started");
        line(5, "ERROR", "logical replication target relation \"public.c\" is missing replicated column: \"w\"");
        line(1, "LOG", ENDS.formatted(5));

        assertThat(read().apply()).hasValueSatisfying(said -> assertThat(said).contains("\"public.c\""));
        assertThat(read().copies()).isEmpty();
    }

    @Test
    void othersLinesAreNobodysReason() {
        line(6, "LOG", BEGINS.replace("ours", "theirs").formatted("a"));
        line(6, "ERROR", "theirs");
        line(1, "LOG", ENDS.formatted(6));
        // no process id in front: whose line this is cannot be told
        log.append("LOG:  ")
                .append(BEGINS.formatted("b"))
                .append("\nERROR:  somebody's\nLOG:  ")
                .append(ENDS.formatted(7))
                .append('\n');
        // one that goes on, and one that ended by itself
        line(8, "LOG", BEGINS.formatted("c"));
        line(
                9,
                "LOG",
                "logical replication table synchronization worker for subscription \"ours\", table \"d\" has finished");

        assertThat(read().copies()).isEmpty();
    }

    @Test
    void aLogThatIsCutIsRead() {
        log.append("that is half a line\n\tand its rest\n");
        failing(3, "a", "x".repeat(600));

        assertThat(read().copies().get("a")).hasSize(501).endsWith("…");
    }

    private void failing(int process, String table, String message) {
        line(process, "LOG", BEGINS.formatted(table));
        line(process, "ERROR", message);
        line(1, "LOG", ENDS.formatted(process));
    }

    private void line(int process, String severity, String text) {
        log.append("2026-05-04 03:02:01.123 UTC [%d] %s:  %s%n".formatted(process, severity, text));
    }

    private WorkerLog read() {
        return new WorkerLog("ours", log.toString());
    }
}
