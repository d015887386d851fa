package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.shared.Names;
import dev.upshift.switchover.internal.check.pooler.SeenPooler.Said;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** No entry that moves is paused or disabled, and each process knows all of those that are in its file. */
record EntriesServing(SeenPoolers poolers) implements PoolerCheck {

    @Override
    public String id() {
        return "poolers-serving";
    }

    @Override
    public String fine(Switch sw) {
        return "No pooler is paused or disabled.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return poolers.answering(sw, EntriesServing::notServing);
    }

    private static List<Finding> notServing(SeenPooler seen, Said said) {
        List<Finding> wrong = new ArrayList<>();
        stopped(seen, "paused", "RESUME", named(said, DatabaseEntry::paused), wrong);
        stopped(seen, "disabled", "ENABLE", named(said, entry -> entry.disabled() && !entry.paused()), wrong);
        Set<String> known = new HashSet<>(named(said, _ -> true));
        List<String> unknown = seen.change().entries().stream()
                .filter(entry -> !known.contains(entry))
                .toList();
        if (!unknown.isEmpty()) {
            wrong.add(new Finding(
                    Place.at(seen.name()),
                    unknown,
                    "the running process does not know all entries of its file, not %s.".formatted(Names.some(unknown)),
                    "RELOAD it."));
        }
        return wrong;
    }

    private static void stopped(
            SeenPooler seen, String how, String command, List<String> entries, List<Finding> wrong) {
        if (!entries.isEmpty()) {
            wrong.add(new Finding(
                    Place.at(seen.name()),
                    entries,
                    "%s %s %s.".formatted(Names.some(entries), entries.size() == 1 ? "is" : "are", how),
                    "%s each on that console, once you know who did it.".formatted(command)));
        }
    }

    private static List<String> named(Said said, Predicate<DatabaseEntry> which) {
        return said.entries().stream().filter(which).map(DatabaseEntry::name).toList();
    }
}
