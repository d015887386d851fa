package dev.upshift.pooler;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a PgBouncer process says about others that take the same clients. A command on a console reaches one process
 * only: clients of the others are neither held nor moved.
 *
 * @param pooler the name of the pooler whose console answered
 * @param sharesPort whether other processes may listen on its port too ({@code so_reuseport})
 * @param peerId its own number among its peers, 0 for none
 * @param peers the processes of its group, itself included where it is told to it; empty without {@code [peers]}
 */
public record PoolerProcess(String pooler, boolean sharesPort, int peerId, List<Peer> peers) {

    /**
     * A row of {@code SHOW PEERS}.
     *
     * @param address where the others reach it: {@code host:port}, or the folder of a socket
     */
    public record Peer(int id, String address) {}

    /**
     * What is the matter with the processes that take a pooler's clients.
     *
     * @param others what the other processes are known as; empty where that cannot be told
     * @param reason in sentences that follow the pooler's name
     * @param remedy in sentences
     */
    public record Objection(String pooler, List<String> others, String reason, String remedy) {

        public Objection {
            others = List.copyOf(others);
        }

        /** All of it, for people. */
        public String sentence() {
            return "%s: %s %s".formatted(pooler, reason, remedy);
        }
    }

    public PoolerProcess {
        peers = List.copyOf(peers);
    }

    /** To processes that take clients of these poolers and are no poolers of the project themselves. */
    public static List<Objection> objections(List<PoolerProcess> known) {
        List<Objection> objections = new ArrayList<>();
        for (PoolerProcess process : known) {
            if (process.peers.isEmpty()) {
                process.addUncounted(objections);
            } else {
                process.addMissing(known, objections);
            }
        }
        return objections;
    }

    /** Nobody can be asked how many processes listen on one port. */
    private void addUncounted(List<Objection> objections) {
        if (sharesPort) {
            objections.add(new Objection(
                    pooler,
                    List.of(),
                    "several processes may take its clients, because it has so_reuseport = 1, and only one of them would be"
                            + " paused and moved.",
                    "Give each process a listen_port of its own with so_reuseport = 0, or name them to each other in"
                            + " [peers] (PgBouncer 1.19 or newer) and let each listen on an address of its own as well;"
                            + " register each as a pooler of the project."));
        }
    }

    private void addMissing(List<PoolerProcess> known, List<Objection> objections) {
        Predicate<PoolerProcess> sameGroup = other -> other.peers.equals(peers);
        Set<Integer> registered =
                known.stream().filter(sameGroup).map(PoolerProcess::peerId).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        for (Peer peer : peers) {
            if (!registered.contains(peer.id)) {
                missing.add("%d (%s)".formatted(peer.id, peer.address));
            }
        }
        boolean toldBefore = known.stream()
                .filter(sameGroup)
                .findFirst()
                .filter(first -> !first.pooler.equals(pooler))
                .isPresent();
        if (!missing.isEmpty() && !toldBefore) {
            objections.add(new Objection(
                    pooler,
                    List.copyOf(missing),
                    ("it shares its clients with its peers, and no pooler of the project is the process with the peer_id %s:"
                                    + " its clients would be neither held nor moved.")
                            .formatted(String.join(", ", missing)),
                    "Register each process as a pooler, by an address on which it alone listens."));
        }
    }
}
