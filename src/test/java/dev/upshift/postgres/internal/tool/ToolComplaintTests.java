package dev.upshift.postgres.internal.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToolComplaintTests {

    @Test
    void errorsAreToldWithoutTheStatementsThatMayHoldSecrets() {
        assertThat(complaint("""
                pg_restore: connecting to database for restore
                pg_restore: while PROCESSING TOC:
                pg_restore: from TOC entry 3361; 1417 18141 USER MAPPING - USER MAPPING app SERVER old
                pg_restore: error: could not execute query: ERROR:  server "old" does not exist
                DETAIL:  It really does not.
                Command was: CREATE USER MAPPING FOR app SERVER old OPTIONS (
                    password 'ERROR: s3cret'
                );
                pg_restore: creating TABLE "shop.orders"
                pg_restore: warning: errors ignored on restore: 1
                """))
                .isEqualTo("from TOC entry 3361; 1417 18141 USER MAPPING - USER MAPPING app SERVER old;"
                        + " error: could not execute query: ERROR:  server \"old\" does not exist;"
                        + " DETAIL:  It really does not.");
    }

    @Test
    void usualTroublesComeWithARemedy() {
        assertThat(complaint("""
                pg_dump: error: query failed: ERROR:  out of shared memory
                HINT:  You might need to increase "max_locks_per_transaction".
                pg_dump: detail: Query was: LOCK TABLE ERROR: IN ACCESS SHARE MODE"""))
                .endsWith(
                        "raise max_locks_per_transaction on that server (its restart is needed) and repeat this step.")
                .doesNotContain("LOCK TABLE");
        assertThat(complaint(
                        "pg_restore: error: could not execute query: ERROR:  extension \"postgis\" is not available"))
                .endsWith("install the extension's package on the target's machine and repeat this step.");
        assertThat(complaint("pg_restore: error: could not execute query: ERROR:  role \"app\" does not exist"))
                .endsWith("create that role on the target and repeat this step.");
    }

    @Test
    void onlyTheFirstErrorsAreTold() {
        assertThat(complaint("pg_restore: error: number\n".repeat(1000)).length())
                .isLessThan(1000);
    }

    private static String complaint(String output) {
        ToolComplaint complaint = new ToolComplaint();
        output.lines().forEach(complaint);
        return complaint.text();
    }
}
