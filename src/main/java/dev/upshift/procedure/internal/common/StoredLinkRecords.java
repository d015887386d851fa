package dev.upshift.procedure.internal.common;

import dev.upshift.monitoring.SlotContinuity;
import dev.upshift.monitoring.SlotContinuity.Doubt;
import dev.upshift.postgres.SlotObservation;
import dev.upshift.shared.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the tables in the metadata database; the slots are kept by monitoring, which looks at them all the time. */
@Repository
class StoredLinkRecords implements LinkRecords {

    private static final TypeReference<List<KnownTable>> TABLES = new TypeReference<>() {};

    private final JsonMapper json = JsonMapper.builder().build();
    private final SlotContinuity continuity;
    private final JdbcClient jdbc;

    StoredLinkRecords(SlotContinuity continuity, JdbcClient jdbc) {
        this.continuity = continuity;
        this.jdbc = jdbc;
    }

    @Override
    public void begins(long project, String link) {
        continuity.begins(project, link);
    }

    @Override
    public Optional<Doubt> see(long project, String link, SlotObservation slot) {
        return continuity.see(project, link, slot);
    }

    @Override
    public void doubt(long project, String link) {
        continuity.doubt(project, link);
    }

    @Override
    public void verified(long project, Instant begun) {
        continuity.verified(project, begun);
    }

    @Override
    public Optional<Map<TableName, CarriedTable>> tables(long project, String link) {
        return jdbc.sql("select tables from known_tables where project_id = :project and link = :link")
                .param("project", project)
                .param("link", link)
                .query((row, number) -> json.readValue(row.getString("tables"), TABLES))
                .optional()
                .map(tables -> tables.stream()
                        .collect(Collectors.toMap(
                                table -> new TableName(table.schema(), table.name()),
                                table -> new CarriedTable(
                                        table.publisher(), table.subscriber(), table.copied(), table.way()))));
    }

    @Override
    public void keepTables(long project, String link, Map<TableName, CarriedTable> tables) {
        List<KnownTable> all = tables.entrySet().stream()
                .map(table -> new KnownTable(
                        table.getKey().schema(),
                        table.getKey().table(),
                        table.getValue().publisher(),
                        table.getValue().subscriber(),
                        table.getValue().copied(),
                        table.getValue().way()))
                .toList();
        jdbc.sql("""
                        insert into known_tables (project_id, link, tables)
                        values (:project, :link, cast(:tables as jsonb))
                        on conflict (project_id, link) do update set tables = excluded.tables
                        """)
                .param("project", project)
                .param("link", link)
                .param("tables", json.writeValueAsString(all))
                .update();
    }

    private record KnownTable(
            String schema,
            String name,
            long publisher,
            long subscriber,
            @Nullable String copied,
            @Nullable String way) {}
}
