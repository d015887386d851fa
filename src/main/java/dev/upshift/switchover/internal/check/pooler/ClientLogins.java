package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.shared.Names;
import dev.upshift.shared.PoolerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * As whom the proofs go through the poolers, in words. A stand-in proves that there is a way, not that the application's
 * own passwords, limits and privileges let it in: where no login of its is known, that is said.
 */
public final class ClientLogins {

    private ClientLogins() {}

    public static String inWords(List<PoolerAddress> poolers) {
        Map<String, List<String>> byLogin = new TreeMap<>();
        List<String> byConsole = new ArrayList<>();
        for (PoolerAddress pooler : poolers) {
            if (pooler.application() == null) {
                byConsole.add(pooler.name());
            } else {
                byLogin.computeIfAbsent(
                                Objects.requireNonNull(pooler.application()).username(), login -> new ArrayList<>())
                        .add(pooler.name());
            }
        }
        List<String> sentences = new ArrayList<>();
        byLogin.forEach((login, names) ->
                sentences.add("Through %s as the application's %s.".formatted(Names.some(names), login)));
        if (!byConsole.isEmpty()) {
            sentences.add(
                    ("Through %s as the console's user, for the project names no login of the application: that the"
                                    + " application itself can sign in is not proven.")
                            .formatted(Names.some(byConsole)));
        }
        return String.join(" ", sentences);
    }
}
