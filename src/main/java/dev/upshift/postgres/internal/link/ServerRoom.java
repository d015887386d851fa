package dev.upshift.postgres.internal.link;

import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.link.SubscriberRoom;
import dev.upshift.postgres.link.SubscriberRoom.Room;
import dev.upshift.postgres.session.PostgresSession;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Asks the server's settings and what of them is in use. */
@Component
class ServerRoom implements SubscriberRoom {

    private static final String ROOM = SqlResource.read(ServerRoom.class, "subscriber-room.sql");

    @Override
    public Room of(PostgresSession session) {
        return session.jdbc()
                .sql(ROOM)
                .query((row, number) -> new Room(
                        row.getInt("free_origins"),
                        row.getString("origins_setting"),
                        row.getInt("free_workers"),
                        row.getInt("free_processes"),
                        row.getInt("sync_workers"),
                        Duration.ofMillis(row.getLong("transaction_millis")),
                        row.getString("user")))
                .single();
    }
}
