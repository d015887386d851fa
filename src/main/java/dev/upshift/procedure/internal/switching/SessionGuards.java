package dev.upshift.procedure.internal.switching;

import dev.upshift.procedure.internal.common.GuardBook;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import java.util.List;

/**
 * Whether our role may end whoever is connected to the side that is left past the poolers: what it could not end would
 * let the switch fail with clients held. Said in the plan, and asked again right before they are.
 */
final class SessionGuards {

    private final Switch sw;

    SessionGuards(Switch sw) {
        this.sw = sw;
    }

    void look(GuardBook book) {
        book.look(
                "sessions-endable",
                "Our role may end every session that clients have on the %s now."
                        .formatted(sw.from().word()),
                () -> objections(Role.WORK));
    }

    /** Who could not be ended, in sentences. */
    List<String> objections(Role role) {
        return sw
                .parts()
                .concurrently()
                .map(
                        sw.databases(),
                        database ->
                                sw
                                        .parts()
                                        .fence()
                                        .unendable(sw.pool().session(sw.from(), database, role))
                                        .sentences()
                                        .stream()
                                        .map(sentence -> "%s: on the %s, %s"
                                                .formatted(database, sw.from().word(), sentence))
                                        .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
    }
}
