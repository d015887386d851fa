package dev.upshift.records.internal;

import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.postgres.link.TableMark;
import dev.upshift.postgres.link.TableMark.Added;
import dev.upshift.records.CarriedTable;
import dev.upshift.records.KnownSubscriber;
import dev.upshift.records.KnownSubscription;
import dev.upshift.records.LinkRecords;
import dev.upshift.records.MarkedTable;
import dev.upshift.records.MarkedTable.Fed;
import dev.upshift.records.SlotContinuity;
import dev.upshift.records.SlotContinuity.Doubt;
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
    private static final TypeReference<List<KnownMark>> MARKS = new TypeReference<>() {};

    /** Of the row as it is when it is ours to write, so that what somebody else marks meanwhile is not lost. */
    private static final String MERGED = """
            excluded.marks || coalesce(
                (select jsonb_agg(known)
                   from jsonb_array_elements(known_marks.marks) as known
                  where not exists (
                      select from jsonb_array_elements(excluded.marks) as added
                       where added -> 'oid' = known -> 'oid')),
                '[]')
            """;

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

    @Override
    public Optional<List<MarkedTable>> marks(long project, String link) {
        return jdbc.sql("select marks from known_marks where project_id = :project and link = :link")
                .param("project", project)
                .param("link", link)
                .query((row, number) -> json.readValue(row.getString("marks"), MARKS))
                .optional()
                .map(marks -> marks.stream().map(KnownMark::table).toList());
    }

    @Override
    public void keepMarks(long project, String link, List<MarkedTable> marks) {
        keepMarks("excluded.marks", project, link, marks);
    }

    @Override
    public void addMarks(long project, String link, List<MarkedTable> marks) {
        keepMarks(MERGED, project, link, marks);
    }

    private void keepMarks(String merged, long project, String link, List<MarkedTable> marks) {
        jdbc.sql("""
                        insert into known_marks (project_id, link, marks)
                        values (:project, :link, cast(:marks as jsonb))
                        on conflict (project_id, link) do update set marks = %s
                        """.formatted(merged))
                .param("project", project)
                .param("link", link)
                .param(
                        "marks",
                        json.writeValueAsString(
                                marks.stream().map(KnownMark::of).toList()))
                .update();
    }

    @Override
    public void forget(long project) {
        jdbc.sql("""
                        with marks as (delete from known_marks where project_id = :project),
                             subscribers as (delete from known_subscriber where project_id = :project),
                             subscriptions as (delete from known_subscription where project_id = :project)
                        delete from known_tables where project_id = :project
                        """).param("project", project).update();
    }

    /** Of the fed table only the file was kept at first; its columns and triggers came later, its copy last. */
    private record KnownMark(
            String schema,
            String name,
            long oid,
            boolean unlogged,
            long file,
            long toast,
            String named,
            String columns,
            long fed,
            @Nullable Long fedOid,
            @Nullable String fedNamed,
            @Nullable String fedColumns,
            @Nullable String fedTriggers,
            @Nullable String fedCopied) {

        static KnownMark of(MarkedTable table) {
            TableMark mark = table.mark();
            return new KnownMark(
                    mark.name().schema(),
                    mark.name().table(),
                    mark.oid(),
                    mark.unlogged(),
                    mark.file(),
                    mark.toast(),
                    mark.named(),
                    mark.columns(),
                    table.fed().file(),
                    table.fed().oid(),
                    table.fed().named(),
                    table.fed().columns().orElse(null),
                    table.fed().triggers().orElse(null),
                    table.fed().copied());
        }

        MarkedTable table() {
            return new MarkedTable(
                    new TableMark(
                            new TableName(schema, name),
                            oid,
                            unlogged,
                            file,
                            toast,
                            named,
                            columns,
                            "",
                            "",
                            Added.NOTHING),
                    new Fed(
                            fedOid == null ? 0 : fedOid,
                            fed,
                            fedNamed == null ? "" : fedNamed,
                            Optional.ofNullable(fedColumns),
                            Optional.ofNullable(fedTriggers),
                            fedCopied == null ? "" : fedCopied));
        }
    }

    @Override
    public Optional<KnownSubscriber> subscriber(long project, String link) {
        return jdbc.sql("""
                        select subscription, system_identifier, database from known_subscriber
                        where project_id = :project and link = :link
                        """)
                .param("project", project)
                .param("link", link)
                .query((row, number) -> new KnownSubscriber(
                        row.getLong("subscription"), row.getLong("system_identifier"), row.getLong("database")))
                .optional();
    }

    @Override
    public void keepSubscriber(long project, String link, KnownSubscriber subscriber) {
        jdbc.sql("""
                        insert into known_subscriber (project_id, link, subscription, system_identifier, database)
                        values (:project, :link, :subscription, :identifier, :database)
                        on conflict (project_id, link) do update
                            set subscription = excluded.subscription,
                                system_identifier = excluded.system_identifier,
                                database = excluded.database
                        """)
                .param("project", project)
                .param("link", link)
                .param("subscription", subscriber.subscription())
                .param("identifier", subscriber.systemIdentifier())
                .param("database", subscriber.database())
                .update();
    }

    @Override
    public Optional<KnownSubscription> subscription(long project, String link) {
        return jdbc.sql("select reads, writer from known_subscription where project_id = :project and link = :link")
                .param("project", project)
                .param("link", link)
                .query((row, number) -> new KnownSubscription(row.getString("reads"), row.getString("writer")))
                .optional();
    }

    @Override
    public void keepSubscription(long project, String link, KnownSubscription subscription) {
        jdbc.sql("""
                        insert into known_subscription (project_id, link, reads, writer)
                        values (:project, :link, :reads, cast(:writer as text))
                        on conflict (project_id, link) do update set reads = excluded.reads, writer = excluded.writer
                        """)
                .param("project", project)
                .param("link", link)
                .param("reads", subscription.reads())
                .param("writer", subscription.writer())
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
