package dev.upshift.postgres.internal.question;

import dev.upshift.postgres.catalog.Questions;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.session.PostgresSession;
import java.util.List;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.stereotype.Component;

/** Takes statements from the files beside this class. */
@Component
class SqlQuestions implements Questions {

    @Override
    public <R extends Record> List<R> rows(PostgresSession session, String name, Class<R> row) {
        return session.jdbc()
                .sql(SqlResource.read(SqlQuestions.class, file(session, name)))
                .query(new SimplePropertyRowMapper<>(row))
                .list();
    }

    /** The newest that the server is not too old for. */
    private static String file(PostgresSession session, String name) {
        for (int major = session.version().major(); major > 0; major--) {
            String newer = "%s-%d.sql".formatted(name, major);
            if (SqlQuestions.class.getResource(newer) != null) {
                return newer;
            }
        }
        return name + ".sql";
    }
}
