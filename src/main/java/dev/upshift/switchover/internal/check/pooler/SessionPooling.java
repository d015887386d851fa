package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.shared.Names;
import dev.upshift.switchover.internal.check.pooler.SeenPooler.Said;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** No entry that moves pools by session, where PAUSE would wait until clients leave; neither does a user's own mode. */
record SessionPooling(SeenPoolers poolers) implements PoolerCheck {

    private static final String SESSION = "session";

    @Override
    public String id() {
        return "pool-mode";
    }

    @Override
    public String fine(Switch sw) {
        return "No mapped entry uses session pooling.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return poolers.answering(sw, SessionPooling::bySession);
    }

    private static List<Finding> bySession(SeenPooler seen, Said said) {
        Map<String, List<String>> entriesByWhose = new LinkedHashMap<>();
        said.entries()
                .forEach(entry -> whose(entry, said)
                        .ifPresent(whose -> entriesByWhose
                                .computeIfAbsent(whose, none -> new ArrayList<>())
                                .add(entry.name())));
        return entriesByWhose.entrySet().stream()
                .map(one -> finding(seen, one.getValue(), one.getKey()))
                .toList();
    }

    private static Finding finding(SeenPooler seen, List<String> entries, String whose) {
        return new Finding(
                Place.at(seen.name()),
                entries,
                "pool_mode = session is used for %s%s, where PAUSE waits for clients to disconnect."
                        .formatted(Names.some(entries), whose),
                "Set pool_mode = transaction there, once you know that the application can live with it, and RELOAD.");
    }

    /** A user's own mode goes before the entry's; a user who has never come through the entry is not in its pools. */
    private static Optional<String> whose(DatabaseEntry entry, Said said) {
        if (SESSION.equals(modeOf(entry, said))) {
            return Optional.of("");
        }
        List<String> users = said.pools().stream()
                .filter(pool ->
                        pool.database().equals(entry.name()) && pool.poolMode().equals(SESSION))
                .map(Pool::user)
                .distinct()
                .toList();
        return users.isEmpty()
                ? Optional.empty()
                : Optional.of(" for the user %s (section [users])".formatted(Names.some(users)));
    }

    private static String modeOf(DatabaseEntry entry, Said said) {
        String own = entry.poolMode();
        return own == null || own.isEmpty() ? said.config().getOrDefault("pool_mode", SESSION) : own;
    }
}
