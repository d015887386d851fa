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
    void theHistoryGoesOnUnderTheNewName() throws Exception {
        String script =
                new ClassPathResource("db/migration/__root/V3__engine.sql").getContentAsString(StandardCharsets.UTF_8);
        long known = rows(ENGINE);
        jdbc.sql("alter table " + ENGINE + " rename to " + BEFORE).update();

        jdbc.sql(script).update();

        assertThat(rows(ENGINE)).isEqualTo(known).isPositive();
        jdbc.sql(script).update(); // of a new database, that never had the old name
        assertThat(rows(ENGINE)).isEqualTo(known);
    }

    private long rows(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
