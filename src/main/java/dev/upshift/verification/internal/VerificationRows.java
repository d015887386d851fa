package dev.upshift.verification.internal;

import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.verification.Verifications.TableResult;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.Verifications.Verification;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The tables of comparisons in the metadata database. */
@Component
class VerificationRows {

    private static final int BATCH = 500;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    VerificationRows(JdbcTemplate template) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
    }

    @Transactional
    void insert(long project, Verification verification) {
        Side publisher = verification.publisher();
        long id = jdbc.sql("""
                        insert into verification (project_id, started_at, ended_at, publisher, left_out)
                        values (?, ?, ?, nullif(?, ''), ?) returning id""")
                .params(
                        project,
                        verification.startedAt().atOffset(ZoneOffset.UTC),
                        verification.endedAt().atOffset(ZoneOffset.UTC),
                        publisher == null ? "" : publisher.name(),
                        verification.leftOut().toArray(String[]::new))
                .query(Long.class)
                .single();
        List<TableResult> tables = verification.tables();
        int[] position = {0};
        template.batchUpdate(
                "insert into verified_table values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                tables,
                BATCH,
                (statement, table) -> {
                    statement.setLong(1, id);
                    statement.setInt(2, position[0]++);
                    statement.setString(3, table.database());
                    statement.setString(4, table.name().schema());
                    statement.setString(5, table.name().table());
                    statement.setString(6, table.verdict().name());
                    statement.setLong(7, table.sourceRows());
                    statement.setLong(8, table.targetRows());
                    statement.setString(9, table.sourceHash());
                    statement.setString(10, table.targetHash());
                    statement.setLong(11, table.millis());
                    statement.setString(12, table.note());
                });
    }

    Optional<Verification> latest(long project, String slug) {
        return jdbc.sql(
                        "select id, started_at, ended_at, publisher, left_out from verification where project_id = ? order by id desc limit 1")
                .param(project)
                .query((row, number) -> new Verification(
                        slug,
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        row.getObject("ended_at", OffsetDateTime.class).toInstant(),
                        tables(row.getLong("id")),
                        publisher(row),
                        List.of((String[]) row.getArray("left_out").getArray())))
                .optional();
    }

    private static @Nullable Side publisher(ResultSet row) throws SQLException {
        String publisher = row.getString("publisher");
        return publisher == null ? null : Side.valueOf(publisher);
    }

    private List<TableResult> tables(long verification) {
        return jdbc.sql("select * from verified_table where verification_id = ? order by position")
                .param(verification)
                .query(VerificationRows::table)
                .list();
    }

    private static TableResult table(ResultSet row, int number) throws SQLException {
        return new TableResult(
                row.getString("database_name"),
                new TableName(row.getString("schema_name"), row.getString("table_name")),
                Verdict.valueOf(row.getString("verdict")),
                row.getLong("source_rows"),
                row.getLong("target_rows"),
                row.getString("source_hash"),
                row.getString("target_hash"),
                row.getLong("millis"),
                row.getString("note"));
    }
}
