package dev.upshift.switchover.internal.guard;

import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.shared.Names;
import dev.upshift.switchover.internal.route.PoolerChange;
import dev.upshift.switchover.internal.route.Switch;
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

    /** @return whether every pooler's configuration is known and its console answers */
    boolean look(GuardBook book) {
        if (!book.look("pooler-configuration", "Only the mapped entries of the poolers change.", this::configuration)) {
            return false;
        }
        List<PoolerLook> seen = new ArrayList<>();
        boolean reachable = book.look("poolers-reachable", "Every pooler's console answers.", () -> {
            seen.addAll(sw.fanOut().map(sw.poolers().changes(), this::see));
            return seen.stream()
                    .flatMap(pooler -> pooler.unreachable().stream())
                    .toList();
        });
        book.look("poolers-serving", "No pooler is paused or disabled.", () -> each(seen, this::notServing));
        book.look("pooler-state", "No pooler is suspended or paused as a whole.", () -> each(seen, this::state));
        book.look("pool-mode", "No mapped entry uses session pooling.", () -> each(seen, this::sessionMode));
        book.look("pooler-timeouts", "Waiting clients outlast the pause budget.", () -> each(seen, this::timeouts));
        return reachable;
    }

    private List<String> configuration() {
        List<String> wrong = new ArrayList<>();
        for (PoolerChange change : sw.poolers().changes()) {
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

    private PoolerLook see(PoolerChange change) {
        try (PoolerConsole console = consoles.open(change.pooler(), CONSOLE)) {
            List<DatabaseEntry> entries = console.databases().stream()
                    .filter(entry -> change.entries().contains(entry.name()))
                    .toList();
            return new PoolerLook(
                    change, Optional.empty(), entries, console.pools(), console.config(), console.state());
        } catch (RuntimeException e) {
            return new PoolerLook(
                    change, Optional.of(String.valueOf(e.getMessage())), List.of(), List.of(), Map.of(), Map.of());
        }
    }

    private static List<String> each(
            List<PoolerLook> seen, java.util.function.Function<PoolerLook, List<String>> look) {
        return seen.stream()
                .filter(pooler -> pooler.unreachable().isEmpty())
                .flatMap(pooler -> look.apply(pooler).stream())
                .toList();
    }

    private List<String> notServing(PoolerLook seen) {
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

    /** A PAUSE without a name is not shown with the entries, and a PAUSE or RESUME of one entry does not end it. */
    private List<String> state(PoolerLook seen) {
        List<String> wrong = new ArrayList<>();
        if ("yes".equals(seen.state().get("suspended"))) {
            wrong.add("%s is suspended (SUSPEND); RESUME it first.".formatted(seen.name()));
        }
        if ("yes".equals(seen.state().get("paused"))) {
            wrong.add("%s is paused as a whole (PAUSE without a name); RESUME it without a name first."
                    .formatted(seen.name()));
        }
        return wrong;
    }

    private List<String> sessionMode(PoolerLook seen) {
        return seen.entries().stream()
                .flatMap(entry -> bySession(entry, seen).stream()
                        .map(whose ->
                                ("%s on %s uses pool_mode = session%s, where PAUSE waits for clients to disconnect;"
                                                + " use transaction pooling.")
                                        .formatted(entry.name(), seen.name(), whose)))
                .toList();
    }

    /** A user's own mode goes before the entry's; a user who has never come through the entry is not in its pools. */
    private static List<String> bySession(DatabaseEntry entry, PoolerLook seen) {
        if ("session".equals(modeOf(entry, seen))) {
            return List.of("");
        }
        List<String> users = seen.pools().stream()
                .filter(pool ->
                        pool.database().equals(entry.name()) && pool.poolMode().equals("session"))
                .map(Pool::user)
                .distinct()
                .toList();
        return users.isEmpty() ? List.of() : List.of(" for the user " + Names.some(users) + " (section [users])");
    }

    private static String modeOf(DatabaseEntry entry, PoolerLook seen) {
        String own = entry.poolMode();
        return own == null || own.isEmpty() ? seen.config().getOrDefault("pool_mode", "session") : own;
    }

    /** From 1.26 on an entry may have one of its own, which the console does not show. */
    private List<String> timeouts(PoolerLook seen) {
        Duration needed = sw.project().settings().pauseBudget().plus(ROOM);
        String everybodys = seen.config().getOrDefault("query_wait_timeout", DEFAULT_QUERY_WAIT);
        return seen.change().entries().stream()
                .map(entry -> seen.change()
                        .current()
                        .parameter(entry, "query_wait_timeout")
                        .orElse(everybodys))
                .distinct()
                .map(text -> Duration.ofMillis((long) (Double.parseDouble(text) * 1000)))
                .filter(timeout -> !timeout.isZero() && timeout.compareTo(needed) < 0)
                .map(timeout ->
                        "%s throws waiting clients out after %d s (query_wait_timeout); a pause budget of %d s needs at least %d s."
                                .formatted(
                                        seen.name(),
                                        timeout.toSeconds(),
                                        sw.project().settings().pauseBudget().toSeconds(),
                                        needed.toSeconds()))
                .toList();
    }

    /** What one pooler said. */
    private record PoolerLook(
            PoolerChange change,
            Optional<String> unreachable,
            List<DatabaseEntry> entries,
            List<Pool> pools,
            Map<String, String> config,
            Map<String, String> state) {

        String name() {
            return change.pooler().name();
        }
    }
}
