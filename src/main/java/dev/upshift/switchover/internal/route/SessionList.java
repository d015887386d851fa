package dev.upshift.switchover.internal.route;

import dev.upshift.engine.Fact;
import dev.upshift.engine.RunFacts;
import dev.upshift.postgres.fence.Fence.ClientSession;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Sessions in words: alike ones once, with their number. */
public final class SessionList {

    /** What fits a line of the journal that a person reads. */
    private static final int SHOWN = 20;

    private SessionList() {}

    /** The facts of a step that met these sessions; none where there were none. */
    public static RunFacts facts(Fact<String> fact, Collection<ClientSession> sessions) {
        return sessions.isEmpty() ? RunFacts.NONE : fact.of(words(sessions));
    }

    /** “app (psql) from 10.0.0.5 × 2, cron”. */
    public static String words(Collection<ClientSession> sessions) {
        Map<String, Long> alike = sessions.stream()
                .collect(Collectors.groupingBy(ClientSession::words, TreeMap::new, Collectors.counting()));
        List<String> shown = alike.entrySet().stream()
                .limit(SHOWN)
                .map(one -> one.getValue() == 1 ? one.getKey() : one.getKey() + " × " + one.getValue())
                .toList();
        return String.join(", ", shown) + (alike.size() > SHOWN ? ", and " + (alike.size() - SHOWN) + " more" : "");
    }
}
