package dev.upshift.switchover.internal.check.fence;

import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.fence.Fence.Passage;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;

/** Who or what may write in a database of the side that is left although it is fenced softly; one look for all checks. */
final class FencePassages {

    private FencePassages() {}

    /** As they were when first asked for. */
    static List<Passage> known(Switch sw, String database) {
        return sw.memo().once(new Known(database), () -> now(sw, database, Role.WORK));
    }

    static List<Passage> now(Switch sw, String database, Role role) {
        return sw.servers()
                .fence()
                .passages(
                        sw.pool().session(sw.from(), database, role), List.of(sw.link(database), sw.wayBack(database)));
    }

    static List<String> names(List<Passage> seen, Passage.Kind kind) {
        return seen.stream()
                .filter(passage -> passage.kind() == kind)
                .map(Passage::name)
                .toList();
    }

    private record Known(String database) {}
}
