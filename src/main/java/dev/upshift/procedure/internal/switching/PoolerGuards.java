package dev.upshift.procedure.internal.switching;

import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.procedure.internal.common.GuardBook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at every pooler and says what a switch must not start without. */
final class PoolerGuards {

    private static final Duration CONSOLE = Duration.ofSeconds(5);

    /** The pause budget must leave this much before PgBouncer throws waiting clients out. */
    private static final Duration ROOM = Duration.ofSeconds(10);

    /** PgBouncer's default of {@code query_wait_timeout}, seconds (PgBouncer documentation). */
    private static final String DEFAULT_QUERY_WAIT = "120";

    private final Switch sw;
    private final PoolerConsoles consoles;

    PoolerGuards(Switch sw, PoolerConsoles consoles) {
        this.sw = sw;
        this.consoles = consoles;
    }

    void look(GuardBook book) {
        if (!book.look("pooler-configuration", "Only the mapped entries of the poolers change.", this::configuration)) {
            return;
        }
        List<Seen> seen = new ArrayList<>();
        book.look("poolers-reachable", "Every pooler's console answers.", () -> {
            seen.addAll(sw.parts().concurrently().map(sw.changes(), this::see));
            return seen.stream()
                    .flatMap(pooler -> pooler.unreachable().stream())
                    .toList();
        });
        book.look("poolers-serving", "No pooler is paused or disabled.", () -> each(seen, this::notServing));
        book.look("pool-mode", "No mapped entry uses session pooling.", () -> each(seen, this::sessionMode));
        book.look("pooler-timeouts", "Waiting clients outlast the pause budget.", () -> each(seen, this::timeouts));
    }

    private List<String> configuration() {
        List<String> wrong = new ArrayList<>();
        for (PoolerChange change : sw.changes()) {
            if (change.entries().isEmpty()) {
                wrong.add("%s has no entry that leads to the %s (%s)."
                        .formatted(
                                change.pooler().name(),
                                sw.from().word(),
                                sw.project().cluster(sw.from()).peer().address()));
            } else if (!change.isLimitedToEntries()) {
                wrong.add("The configuration of %s would change in more than the entries %s."
                        .formatted(change.pooler().name(), String.join(", ", change.entries())));
            }
        }
        return wrong;
    }

    private Seen see(PoolerChange change) {
        try (PoolerConsole console = consoles.open(change.pooler(), CONSOLE)) {
            List<DatabaseEntry> entries = console.databases().stream()
                    .filter(entry -> change.entries().contains(entry.name()))
                    .toList();
            return new Seen(change, Optional.empty(), entries, console.pools(), console.config());
        } catch (RuntimeException e) {
            return new Seen(change, Optional.of(String.valueOf(e.getMessage())), List.of(), List.of(), Map.of());
        }
    }

    private static List<String> each(List<Seen> seen, java.util.function.Function<Seen, List<String>> look) {
        return seen.stream()
                .filter(pooler -> pooler.unreachable().isEmpty())
                .flatMap(pooler -> look.apply(pooler).stream())
                .toList();
    }

    private List<String> notServing(Seen seen) {
        List<String> wrong = new ArrayList<>();
        for (DatabaseEntry entry : seen.entries()) {
            if (entry.paused() || entry.disabled()) {
                wrong.add("%s on %s is %s; resume it first."
                        .formatted(entry.name(), seen.name(), entry.paused() ? "paused" : "disabled"));
            }
        }
        if (seen.entries().size() < seen.change().entries().size()) {
            wrong.add("%s does not know all entries of its file; RELOAD it first.".formatted(seen.name()));
        }
        return wrong;
    }

    private List<String> sessionMode(Seen seen) {
        return seen.entries().stream()
                .filter(entry -> "session".equals(modeOf(entry, seen)))
                .map(entry -> ("%s on %s uses pool_mode = session, where PAUSE waits for clients to disconnect; use"
                                + " transaction pooling.")
                        .formatted(entry.name(), seen.name()))
                .toList();
    }

    private static String modeOf(DatabaseEntry entry, Seen seen) {
        String own = entry.poolMode();
        return own == null || own.isEmpty() ? seen.config().getOrDefault("pool_mode", "session") : own;
    }

    private List<String> timeouts(Seen seen) {
        String text = seen.config().getOrDefault("query_wait_timeout", DEFAULT_QUERY_WAIT);
        Duration timeout = Duration.ofMillis((long) (Double.parseDouble(text) * 1000));
        Duration needed = sw.project().settings().pauseBudget().plus(ROOM);
        return !timeout.isZero() && timeout.compareTo(needed) < 0
                ? List.of(
                        "%s throws waiting clients out after %d s (query_wait_timeout); a pause budget of %d s needs at least %d s."
                                .formatted(
                                        seen.name(),
                                        timeout.toSeconds(),
                                        sw.project().settings().pauseBudget().toSeconds(),
                                        needed.toSeconds()))
                : List.of();
    }

    /** What one pooler said. */
    private record Seen(
            PoolerChange change,
            Optional<String> unreachable,
            List<DatabaseEntry> entries,
            List<Pool> pools,
            Map<String, String> config) {

        String name() {
            return change.pooler().name();
        }
    }
}
