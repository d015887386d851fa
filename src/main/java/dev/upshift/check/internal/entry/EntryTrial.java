package dev.upshift.check.internal.entry;

import dev.upshift.check.ForgottenEntries.Asked;
import dev.upshift.pooler.EntryServers;
import dev.upshift.pooler.EntryServers.AnsweringServer;
import dev.upshift.pooler.PoolerConsole.ServerConnection;
import dev.upshift.shared.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells whether an entry that is not spelled as the cluster is leads there all the same. Who answers through it decides;
 * where nobody does (the console's user is no role there), the sessions that the pooler has through it; where it has
 * none, the addresses. The cluster's own password is never tried on an address that stands in a pooler's file.
 */
final class EntryTrial {

    /** What was found out. */
    enum Whereabouts {
        THERE,
        ELSEWHERE,
        UNTOLD
    }

    private static final Duration SIGN_IN = Duration.ofSeconds(3);

    private final EntryServers servers;
    private final Asked asked;
    private final List<Endpoint> cluster;
    private final Supplier<LeftServer> left;

    EntryTrial(EntryServers servers, Asked asked, Supplier<LeftServer> left) {
        this.servers = servers;
        this.asked = asked;
        this.cluster = Stream.of(asked.cluster().peer(), asked.cluster().endpoint())
                .distinct()
                .toList();
        this.left = left;
    }

    /** @param connections those that the pooler holds for this entry */
    Whereabouts of(Candidate entry, List<ServerConnection> connections) {
        return answering(entry).or(() -> connected(entry, connections)).orElseGet(() -> addressed(entry));
    }

    /** A standby of the cluster is not the cluster: nobody can write there, before or after. */
    private Optional<Whereabouts> answering(Candidate entry) {
        Optional<Long> expected = left.get().systemIdentifier();
        if (expected.isEmpty() || entry.fallback()) {
            return Optional.empty();
        }
        Optional<AnsweringServer> answer = servers.ask(asked.pooler(), entry.name(), SIGN_IN);
        return answer.map(server -> server.systemIdentifier() == expected.get() && !server.inRecovery()
                ? Whereabouts.THERE
                : Whereabouts.ELSEWHERE);
    }

    /** Connections that are no sessions of the cluster lead elsewhere, or to another pooler before it. */
    private Optional<Whereabouts> connected(Candidate entry, List<ServerConnection> connections) {
        Set<Integer> backends = connections.stream()
                .map(ServerConnection::processId)
                .filter(pid -> pid > 0)
                .collect(Collectors.toSet());
        if (backends.isEmpty() || left.get().systemIdentifier().isEmpty()) {
            return Optional.empty();
        }
        if (backends.stream().anyMatch(left.get().sessions()::contains)) {
            return Optional.of(Whereabouts.THERE);
        }
        return isAddressed(entry) ? Optional.empty() : Optional.of(Whereabouts.ELSEWHERE);
    }

    private Whereabouts addressed(Candidate entry) {
        if (isAddressed(entry)) {
            return Whereabouts.THERE;
        }
        boolean samePort = cluster.stream().anyMatch(server -> server.port() == entry.port());
        return samePort && entry.hosts().anyMatch(EntryTrial::isAnybodys) ? Whereabouts.UNTOLD : Whereabouts.ELSEWHERE;
    }

    private boolean isAddressed(Candidate entry) {
        return entry.hosts()
                .filter(host -> !Candidate.isSocket(host))
                .anyMatch(host -> Addresses.meet(host, entry.port(), cluster));
    }

    /** Means one server to the pooler and another one to us: a socket, its own loopback, a name that only it knows. */
    private static boolean isAnybodys(String host) {
        return Candidate.isSocket(host)
                || Addresses.isLoopback(host)
                || Addresses.of(host).isEmpty();
    }
}
