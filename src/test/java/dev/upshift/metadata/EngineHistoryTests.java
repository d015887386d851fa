package dev.upshift.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A metadata database of a version in which the engine was called otherwise is migrated on, and not from the start. */
class EngineHistoryTests {

    private static final String ENGINE = "flyway_schema_history_engine";
    private static final String BEFORE = "flyway_schema_history_procedure";

    private final JdbcClient jdbc = JdbcClient.create(TestMetadata.migrated().dataSource());

    @Test
    void theHistoryGoesOnUnderTheNewNameAndTheOldOneStays() throws Exception {
        long known = rows(ENGINE);
        jdbc.sql("alter table " + ENGINE + " rename to " + BEFORE).update();

        migrate();

        assertThat(rows(ENGINE)).isEqualTo(known).isPositive();
        assertThat(rows(BEFORE)).isEqualTo(known);
        jdbc.sql("drop table " + BEFORE).update();
        migrate(); // a new database, that never had the old name
        assertThat(rows(ENGINE)).isEqualTo(known);
    }

    @Test
    void whatNobodyHasHeardYetIsStillHeard() throws Exception {
        jdbc.sql("""
                insert into event_publication (id, listener_id, event_type, serialized_event, publication_date)
                values (gen_random_uuid(), 'audit.on(dev.upshift.procedure.RunEnded)',
                        'dev.upshift.procedure.RunEnded', '{}', now())""").update();

        migrate();

        assertThat(jdbc.sql("select listener_id || ' ' || event_type from event_publication")
                        .query(String.class)
                        .list())
                .containsExactly("audit.on(dev.upshift.engine.RunEnded) dev.upshift.engine.RunEnded");
    }

    private void migrate() throws Exception {
        jdbc.sql(new ClassPathResource("db/migration/__root/V3__engine.sql").getContentAsString(StandardCharsets.UTF_8))
                .update();
    }

    private long rows(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
