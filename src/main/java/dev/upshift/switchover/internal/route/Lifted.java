package dev.upshift.switchover.internal.route;

import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.fence.Fence.Ended;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of the sessions that began behind a fence, when it was lifted.
 *
 * @param ended who was ended
 * @param problems who may still be there and only read, in sentences
 */
public record Lifted(List<ClientSession> ended, List<String> problems) {

    public static final Lifted NOTHING = new Lifted(List.of(), List.of());

    public Lifted {
        ended = List.copyOf(ended);
        problems = List.copyOf(problems);
    }

    static Lifted of(String database, Side side, Ended ended) {
        List<String> problems = new ArrayList<>();
        if (!ended.left().isEmpty()) {
            problems.add(
                    "%s: on the %s, these began behind the fence and could not be ended; until they connect anew they can only read: %s."
                            .formatted(database, side.word(), SessionList.words(ended.left())));
        }
        if (!ended.connecting().isEmpty()) {
            problems.add(
                    "%s: on the %s, processes %s were connecting while the fence was lifted, and may be able to read only until they connect anew."
                            .formatted(database, side.word(), Names.some(ended.connecting())));
        }
        if (ended.hidden()) {
            problems.add(
                    "%s: on the %s, sessions that our role may not see were let be (pg_read_all_stats); any that began behind the fence can only read until they connect anew."
                            .formatted(database, side.word()));
        }
        return new Lifted(ended.ended(), problems);
    }

    static Lifted without(String database, Side side, String reason) {
        return new Lifted(
                List.of(),
                List.of(
                        "%s: on the %s, sessions that began behind the fence could not be ended; until they connect anew they can only read. %s"
                                .formatted(database, side.word(), reason)));
    }
}
