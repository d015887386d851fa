package dev.upshift.project.internal;

import dev.upshift.project.Cluster;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ApplicationLogin;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fills the passwords that a change left blank with the stored ones; poolers are recognised by their name. Of another
 * address, be it the one at which the other server reaches it, it stays blank, which the rules refuse: a stored password
 * is not sent to a server that somebody who does not know it has named.
 */
final class KeptPasswords {

    private KeptPasswords() {}

    static ProjectDraft fill(ProjectDraft draft, Project stored) {
        Map<String, PoolerAddress> known =
                stored.poolers().stream().collect(Collectors.toMap(PoolerAddress::name, Function.identity()));
        return new ProjectDraft(
                draft.slug(),
                draft.name(),
                fill(draft.source(), stored.source()),
                fill(draft.target(), stored.target()),
                draft.databases(),
                draft.poolers().stream()
                        .map(pooler -> fill(pooler, known.getOrDefault(pooler.name(), pooler)))
                        .toList(),
                draft.settings());
    }

    private static Cluster fill(Cluster cluster, Cluster stored) {
        Endpoint peer = cluster.peer();
        boolean known =
                Stream.of(stored.peer(), stored.endpoint()).anyMatch(place -> place.isAt(peer.host(), peer.port()));
        return new Cluster(
                known ? fill(cluster.endpoint(), stored.endpoint()) : cluster.endpoint(),
                cluster.peerHost(),
                cluster.peerPort(),
                stored.majorVersion());
    }

    private static PoolerAddress fill(PoolerAddress pooler, PoolerAddress stored) {
        return new PoolerAddress(
                pooler.name(),
                fill(pooler.console(), stored.console()),
                pooler.configuration(),
                application(pooler, stored));
    }

    /** Of another user it stays blank: it would be his password. */
    private static @Nullable ApplicationLogin application(PoolerAddress pooler, PoolerAddress stored) {
        ApplicationLogin sent = pooler.application();
        ApplicationLogin known = stored.application();
        return sent != null
                        && known != null
                        && sent.password().isBlank()
                        && sent.username().equals(known.username())
                        && stored.console()
                                .isAt(pooler.console().host(), pooler.console().port())
                ? known
                : sent;
    }

    private static Endpoint fill(Endpoint endpoint, Endpoint stored) {
        return endpoint.password().isBlank() && stored.isAt(endpoint.host(), endpoint.port())
                ? new Endpoint(
                        endpoint.host(), endpoint.port(), endpoint.username(), stored.password(), endpoint.sslMode())
                : endpoint;
    }
}
