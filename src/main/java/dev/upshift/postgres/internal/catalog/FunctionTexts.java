package dev.upshift.postgres.internal.catalog;

import dev.upshift.postgres.catalog.UnqualifiedCalls;
import dev.upshift.postgres.catalog.UnqualifiedCalls.UnqualifiedCall;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.session.PostgresSession;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads functions' texts. */
@Component
class FunctionTexts implements UnqualifiedCalls {

    private static final String CALLS = SqlResource.read(FunctionTexts.class, "unqualified-calls.sql");

    @Override
    public List<UnqualifiedCall> of(PostgresSession session) {
        return session.jdbc()
                .sql(CALLS)
                .query((row, number) -> new UnqualifiedCall(
                        row.getString("function"),
                        row.getString("callee"),
                        row.getString("schema"),
                        row.getString("used_by")))
                .list();
    }
}
