package dev.upshift.postgres.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestoredObjectTests {

    @Test
    void theLastOneBeforeTheErrorIsNamed() {
        assertThat(at("""
                pg_restore: creating TABLE "public.t1"
                pg_restore: creating MATERIALIZED VIEW "odd "one.A view"
                pg_restore: while PROCESSING TOC:
                pg_restore: error: could not execute query: ERROR:  column x does not exist
                Command was: CREATE VIEW
                pg_restore: creating TABLE "public.t2"
                """)).isEqualTo("materialized view odd \"one.A view: ");
    }

    @Test
    void nothingIsSaidOfAnErrorBeforeTheFirstOne() {
        assertThat(at("pg_restore: error: connection failed")).isEmpty();
        assertThat(at("pg_restore: creating TABLE \"public.t1\"")).isEmpty();
        assertThat(at("")).isEmpty();
    }

    private static String at(String output) {
        RestoredObject object = new RestoredObject();
        output.lines().forEach(object);
        return object.at();
    }
}
