package dev.upshift.monitoring.internal.probe;

import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.postgres.session.PostgresSessions.Timeouts;
import dev.upshift.project.Project;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The connections through which one project is watched: one per side and database, one per pooler. Each is opened when
 * first needed and stays open until nothing was asked for a while: because its address changed, because another control
 * plane samples the project now, or because the project is over.
 */
final class Connections {

    /** A host that is away holds a thread no longer than this; the sample itself does not wait for it. */
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final PostgresSessions sessions;
    private final PoolerConsoles consoles;
    private final DatabaseQuestions questions;
    private final Duration timeout;
    private final Clock clock;
    private final Map<DatabaseKey, KeptDatabase> databases = new ConcurrentHashMap<>();
    private final Map<PoolerAddress, KeptConnection<PoolerConsole>> poolers = new ConcurrentHashMap<>();

    Connections(
            PostgresSessions sessions,
            PoolerConsoles consoles,
            DatabaseQuestions questions,
            Duration timeout,
            Clock clock) {
        this.sessions = sessions;
        this.consoles = consoles;
        this.questions = questions;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** What a side tells about a database of the project. */
    Question<DatabaseReading> database(Project project, Side side, String database) {
        return ask(project, side, database, kept(project, side, database).question());
    }

    /** What a pooler's console tells. */
    Question<PoolerReading> pooler(Project project, PoolerAddress pooler) {
        return ask(pooler, new PoolerQuestion(project));
    }

    /** Something else than {@link #database} asks of a database, over the same connection. */
    <T> Question<T> ask(Project project, Side side, String database, Function<PostgresSession, T> question) {
        KeptConnection<PostgresSession> kept = kept(project, side, database).connection();
        return new Question<>(
                "The " + side.word() + " at " + project.cluster(side).endpoint().address(),
                () -> kept.ask(question),
                kept::giveUp);
    }

    /** Something else than {@link #pooler} asks of a console, over the same connection. */
    <T> Question<T> ask(PoolerAddress pooler, Function<PoolerConsole, T> question) {
        KeptConnection<PoolerConsole> kept = kept(pooler);
        return new Question<>(
                "Pooler %s (%s)".formatted(pooler.name(), pooler.console().address()),
                () -> kept.ask(question),
                kept::giveUp);
    }

    void closeUnusedSince(Instant then) {
        poolers.values().removeIf(kept -> kept.endIfUnusedSince(then));
        databases.values().removeIf(kept -> kept.connection().endIfUnusedSince(then));
    }

    void closeAll() {
        Stream.concat(poolers.values().stream(), databases.values().stream().map(KeptDatabase::connection))
                .forEach(KeptConnection::end);
        poolers.clear();
        databases.clear();
    }

    private KeptDatabase kept(Project project, Side side, String database) {
        Endpoint endpoint = project.cluster(side).endpoint();
        return databases.computeIfAbsent(new DatabaseKey(endpoint, side, database), key -> keep(project.slug(), key));
    }

    private KeptConnection<PoolerConsole> kept(PoolerAddress pooler) {
        return poolers.computeIfAbsent(
                pooler,
                address -> new KeptConnection<>(() -> consoles.open(address, timeout), PoolerConsole::abort, clock));
    }

    private KeptDatabase keep(String slug, DatabaseKey key) {
        return new KeptDatabase(
                new KeptConnection<>(
                        () -> sessions.open(key.endpoint(), key.database(), new Timeouts(CONNECT, timeout)),
                        PostgresSession::abort,
                        clock),
                questions.of(slug, key.side(), key.database()));
    }

    private record DatabaseKey(Endpoint endpoint, Side side, String database) {}

    private record KeptDatabase(KeptConnection<PostgresSession> connection, DatabaseQuestion question) {}
}
