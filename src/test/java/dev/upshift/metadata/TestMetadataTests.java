package dev.upshift.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TestMetadataTests {

    @Test
    void migratedDatabasesHaveTheTablesOfEveryModule() {
        List<String> tables = JdbcClient.create(TestMetadata.migrated().dataSource())
                .sql("select table_name from information_schema.tables where table_schema = 'public'")
                .query(String.class)
                .list();

        assertThat(tables).contains("event_publication", "scheduled_tasks", "account", "project", "run");
    }

    @Test
    void emptyDatabasesAreEmpty() {
        assertThat(JdbcClient.create(TestMetadata.empty().dataSource())
                        .sql("select count(*) from information_schema.tables where table_schema = 'public'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
