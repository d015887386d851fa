package dev.upshift.postgres.internal.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes sentences of what {@code pg_restore --verbose} writes: with several jobs {@code finished item 3291 …} after
 * each entry, with one {@code creating INDEX …} before it. Jobs write what they say in pieces and into one pipe, so that
 * a message may follow the beginning of another one's on its line, or be lost within it. Therefore what the program says
 * counts until the server's catalogue was read again, see {@link #settle}, and an object counts once, in whichever of
 * several rounds it was built.
 */
final class BuildProgress implements Consumer<String> {

    private static final Pattern FINISHED = Pattern.compile("finished item (\\d+) ");
    private static final Pattern FAILED = Pattern.compile("from TOC entry (\\d+);");
    private static final Pattern CREATING = Pattern.compile("pg_restore: creating (.*)");

    private final HeldBackList list;
    private final int total;
    private final Consumer<String> progress;
    private final Set<Integer> built = new HashSet<>();
    private final Set<Integer> failed = new HashSet<>();
    private boolean inParallel;

    /** @param list what is to be built, in all rounds together */
    BuildProgress(HeldBackList list, Consumer<String> progress) {
        this.list = list;
        this.total = list.objects().size();
        this.progress = progress;
    }

    @Override
    public synchronized void accept(String line) {
        if (line.startsWith("pg_restore: entering main parallel loop")) {
            inParallel = true;
            return;
        }
        Matcher failure = FAILED.matcher(line);
        Matcher finished = FINISHED.matcher(line);
        Matcher creating = CREATING.matcher(line);
        while (failure.find()) {
            failed.add(Integer.valueOf(failure.group(1)));
        }
        while (finished.find()) {
            Integer id = Integer.valueOf(finished.group(1));
            if (failed.contains(id)) {
                notYet(id);
            } else {
                built(id);
            }
        }
        if (!inParallel && creating.matches()) {
            progress.accept("Building " + creating.group(1));
        }
    }

    /**
     * The end of a round: tells what the program's output left out or had wrong.
     *
     * @param left what the server's catalogue says is still to be built
     */
    synchronized void settle(HeldBackList left) {
        List.copyOf(built).stream().filter(left.names()::containsKey).forEach(id -> {
            built.remove(id);
            notYet(id);
        });
        if (inParallel) {
            list.names().keySet().stream()
                    .filter(id -> !left.names().containsKey(id))
                    .forEach(this::built);
        }
        failed.clear();
        inParallel = false;
    }

    private void built(Integer id) {
        String name = list.names().getOrDefault(id, "");
        if (!name.isEmpty() && built.add(id)) {
            progress.accept("Built " + name + " (" + built.size() + " of " + total + ")");
        }
    }

    private void notYet(Integer id) {
        String name = list.names().getOrDefault(id, "");
        if (!name.isEmpty()) {
            progress.accept("Could not build " + name + " yet");
        }
    }
}
