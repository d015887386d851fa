package dev.upshift.postgres.fence;

import dev.upshift.postgres.fence.Fence.ClientSession;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Clients of a database whose sessions our role may not end, so that a fence there could not be made tight.
 *
 * @param role ours
 * @param ofSuperusers only a superuser may end them
 * @param ofOthers those of roles that are no superusers
 */
public record UnendableSessions(String role, List<ClientSession> ofSuperusers, List<ClientSession> ofOthers) {

    private static final int SHOWN = 10;

    public UnendableSessions {
        ofSuperusers = List.copyOf(ofSuperusers);
        ofOthers = List.copyOf(ofOthers);
    }

    public boolean isEmpty() {
        return ofSuperusers.isEmpty() && ofOthers.isEmpty();
    }

    /** The same without those of these processes. */
    public UnendableSessions without(Set<Integer> processes) {
        return new UnendableSessions(role, others(ofSuperusers, processes), others(ofOthers, processes));
    }

    private static List<ClientSession> others(List<ClientSession> sessions, Set<Integer> processes) {
        return sessions.stream()
                .filter(session -> !processes.contains(session.pid()))
                .toList();
    }

    /** What is said where there are some: whose they are and what to do. To follow the place, with a full stop. */
    public List<String> sentences() {
        return kinds().stream().map(kind -> kind.reason() + " " + kind.remedy()).toList();
    }

    /** Those that need the same right to be ended, together. */
    public List<Kind> kinds() {
        return Stream.of(
                        kind(
                                ofSuperusers,
                                "of superusers, which only a superuser may end",
                                "ALTER ROLE %s SUPERUSER until the switch is over"),
                        kind(ofOthers, "of other roles", "GRANT pg_signal_backend TO %s"))
                .flatMap(List::stream)
                .toList();
    }

    private List<Kind> kind(List<ClientSession> sessions, String whose, String right) {
        if (sessions.isEmpty()) {
            return List.of();
        }
        String more = sessions.size() > SHOWN ? ", and " + (sessions.size() - SHOWN) + " more" : "";
        String quoted = FencedStatements.quoted(role);
        return List.of(new Kind(
                sessions,
                "our role %s may not end these sessions %s: %s%s."
                        .formatted(
                                role,
                                whose,
                                sessions.stream()
                                        .limit(SHOWN)
                                        .map(one -> "process " + one.pid() + " of " + one.words())
                                        .collect(Collectors.joining(", ")),
                                more),
                "End them there (SELECT pg_terminate_backend(%d)), or %s."
                        .formatted(sessions.getFirst().pid(), right.formatted(quoted))));
    }

    /**
     * @param reason whose they are. To follow the place, with a full stop
     * @param remedy what to do, with a full stop
     */
    public record Kind(List<ClientSession> sessions, String reason, String remedy) {}
}
