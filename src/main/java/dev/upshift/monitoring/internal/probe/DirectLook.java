package dev.upshift.monitoring.internal.probe;

import dev.upshift.pooler.PoolerConsole.ServerConnection;
import dev.upshift.postgres.DatabaseLooks;
import dev.upshift.postgres.DatabaseLooks.ConnectedClient;
import dev.upshift.project.Cluster;
import dev.upshift.project.Project;
import dev.upshift.shared.PoolerAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells which sessions on the serving side no pooler of the project holds. A session that was there before the poolers
 * were asked for theirs, and still is afterwards, was there in between: if it is a pooler's, the pooler named it.
 */
final class DirectLook {

    private final Connections connections;
    private final DatabaseLooks looks;
    private final Together together;
    private final Duration timeout;

    DirectLook(Connections connections, DatabaseLooks looks, Together together, Duration timeout) {
        this.connections = connections;
        this.looks = looks;
        this.together = together;
        this.timeout = timeout;
    }

    /** By database; empty when a pooler or a database does not answer, for then nothing can be told. */
    Optional<Map<String, Set<ConnectedClient>>> sessions(Project project) {
        Optional<Map<String, Set<ConnectedClient>>> before = all(project);
        Optional<Set<Integer>> pooled = before.flatMap(present -> pooled(project));
        Optional<Map<String, Set<ConnectedClient>>> after = pooled.flatMap(present -> all(project));
        return after.map(later -> direct(before.orElseThrow(), pooled.orElseThrow(), later));
    }

    static Map<String, Set<ConnectedClient>> direct(
            Map<String, Set<ConnectedClient>> before, Set<Integer> pooled, Map<String, Set<ConnectedClient>> after) {
        Map<String, Set<ConnectedClient>> direct = new LinkedHashMap<>();
        before.forEach((database, sessions) -> {
            Set<ConnectedClient> lasting = new LinkedHashSet<>(sessions);
            lasting.retainAll(after.getOrDefault(database, Set.of()));
            lasting.removeIf(session -> pooled.contains(session.pid()));
            direct.put(database, lasting);
        });
        return direct;
    }

    private Optional<Map<String, Set<ConnectedClient>>> all(Project project) {
        Map<String, Question<Set<ConnectedClient>>> questions = new LinkedHashMap<>();
        for (String database : project.databases()) {
            questions.put(database, connections.ask(project, project.servingSide(), database, looks::clients));
        }
        return complete(together.ask(questions, timeout).get());
    }

    /** Process ids on the serving side; other servers' are told apart by their port. */
    private Optional<Set<Integer>> pooled(Project project) {
        Map<String, Question<Set<ServerConnection>>> questions = new LinkedHashMap<>();
        for (PoolerAddress pooler : project.poolers()) {
            questions.put(pooler.name(), connections.ask(pooler, console -> Set.copyOf(console.servers())));
        }
        Cluster serving = project.cluster(project.servingSide());
        List<Integer> ports = List.of(serving.endpoint().port(), serving.peer().port());
        return complete(together.ask(questions, timeout).get())
                .map(answers -> answers.values().stream()
                        .flatMap(Set::stream)
                        .filter(connection -> ports.contains(connection.port()))
                        .map(ServerConnection::processId)
                        .collect(Collectors.toSet()));
    }

    private static <T> Optional<Map<String, T>> complete(Map<String, Answer<T>> answers) {
        Map<String, T> given = new LinkedHashMap<>();
        answers.forEach((key, answer) -> answer.given().ifPresent(value -> given.put(key, value)));
        return given.size() == answers.size() ? Optional.of(given) : Optional.empty();
    }
}
