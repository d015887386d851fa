package dev.upshift.postgres.internal.catalog;

import dev.upshift.postgres.catalog.EventTriggers;
import dev.upshift.postgres.catalog.EventTriggers.EventTrigger;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.session.PostgresSession;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Asks the catalogue, in a session whose settings decide. */
@Component
class ServerEventTriggers implements EventTriggers {

    private static final String FIRING = SqlResource.read(ServerEventTriggers.class, "event-triggers.sql");

    @Override
    public List<EventTrigger> firing(PostgresSession session, Set<String> commands) {
        return session.jdbc()
                .sql(FIRING)
                .param("any", commands.isEmpty())
                .param("commands", commands.toArray(String[]::new))
                .query((row, number) -> new EventTrigger(
                        row.getString("name"),
                        row.getString("event"),
                        row.getString("function"),
                        row.getString("remedy")))
                .list();
    }
}
