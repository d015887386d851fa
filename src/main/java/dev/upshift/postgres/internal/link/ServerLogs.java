package dev.upshift.postgres.internal.link;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.upshift.postgres.internal.session.DriverSession;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.link.WorkerErrors;
import dev.upshift.postgres.link.WorkerErrors.Told;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.ClockTicker;
import dev.upshift.shared.TableName;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Looks at the end of a server's log, where our role may read it. */
@Component
class ServerLogs implements WorkerErrors {

    private static final Logger log = LoggerFactory.getLogger(ServerLogs.class);

    /** A worker that fails is tried again every five seconds and writes about 1 kB each time. */
    private static final int END_BYTES = 256 * 1024;

    private static final Duration KEPT_FOR = Duration.ofSeconds(5);

    /** Where a process of the server writes to, if no collector takes it (Linux, {@code man 5 proc}). */
    private static final String OWN_OUTPUT = "/proc/self/fd/2";

    private static final String WITHOUT_WORKER = SqlResource.read(ServerLogs.class, "copies-without-worker.sql");
    private static final String PLACE = SqlResource.read(ServerLogs.class, "server-log.sql");
    private static final String END = SqlResource.read(ServerLogs.class, "server-log-end.sql");

    private final Cache<String, Told> kept;

    ServerLogs(Clock clock) {
        kept = Caffeine.newBuilder()
                .ticker(new ClockTicker(clock))
                .expireAfterWrite(KEPT_FOR)
                .build();
    }

    @Override
    public List<TableName> withoutWorker(PostgresSession subscriber, String subscription) {
        return subscriber
                .jdbc()
                .sql(WITHOUT_WORKER)
                .param("name", subscription)
                .query((row, number) -> new TableName(row.getString("schema"), row.getString("name")))
                .list();
    }

    @Override
    public Told told(PostgresSession subscriber, String subscription) {
        String place = DriverSession.of(subscriber).place() + " " + subscription;
        Told known = kept.getIfPresent(place);
        if (known == null) {
            known = look(subscriber, subscription); // nobody else waits for this server meanwhile
            kept.put(place, known);
        }
        return known;
    }

    private static Told look(PostgresSession session, String subscription) {
        Place place = session.jdbc()
                .sql(PLACE)
                .query((row, number) -> new Place(
                        row.getBoolean("may_find"),
                        row.getBoolean("may_read"),
                        row.getBoolean("may_read_anywhere"),
                        row.getBoolean("collected"),
                        row.getString("destination")))
                .single();
        for (String file : files(session, place)) {
            Optional<String> end = end(session, file);
            if (end.isPresent()) {
                WorkerLog log = new WorkerLog(subscription, end.get());
                return new Told(
                        log.copies(),
                        log.apply(),
                        "The last %d kB of the server's log do not tell why. %s"
                                .formatted(END_BYTES / 1024, search(subscription)));
            }
        }
        return new Told(Map.of(), Optional.empty(), unread(place) + " " + search(subscription));
    }

    private static List<String> files(PostgresSession session, Place place) {
        List<String> files = new ArrayList<>();
        if (place.mayRead() && place.mayFind()) {
            session.jdbc().sql("select pg_current_logfile('stderr')").query(String.class).optional().stream()
                    .filter(file -> place.mayReadAnywhere() || !file.startsWith("/"))
                    .forEach(files::add);
        }
        if (place.mayRead() && place.mayReadAnywhere() && !place.collected()) {
            files.add(OWN_OUTPUT);
        }
        return files;
    }

    private static Optional<String> end(PostgresSession session, String file) {
        try {
            return session.jdbc()
                    .sql(END)
                    .param("file", file)
                    .param("bytes", END_BYTES)
                    .query((row, number) -> new String(row.getBytes("content"), StandardCharsets.UTF_8))
                    .optional();
        } catch (DataAccessException refused) {
            log.debug("The log {} of {} cannot be read", file, session, refused);
            return Optional.empty();
        }
    }

    private static String unread(Place place) {
        return place.mayRead() && place.mayReadAnywhere()
                ? "The server's log tells why, but is not where a session can read it (log_destination = %s, logging_collector = %s)."
                        .formatted(place.destination(), place.collected() ? "on" : "off")
                : "The server's log tells why; our role may not read it (that takes EXECUTE on pg_current_logfile, pg_stat_file"
                        + " and pg_read_binary_file, or a superuser).";
    }

    private static String search(String subscription) {
        return "On its host: grep -A 6 '\"%s\"' in that log.".formatted(subscription);
    }

    private record Place(
            boolean mayFind, boolean mayRead, boolean mayReadAnywhere, boolean collected, String destination) {}
}
