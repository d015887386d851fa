package dev.upshift.postgres.internal.schema;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes sentences of what {@code pg_restore --verbose} writes: with several jobs {@code finished item 3291 …} after
 * each entry, with one {@code creating INDEX …} before it. Jobs write what they say in pieces and into one pipe, so that
 * a message may follow the beginning of another one's on its line.
 */
final class BuildProgress implements Consumer<String> {

    private static final Pattern FINISHED = Pattern.compile("finished item (\\d+) ");
    private static final Pattern FAILED = Pattern.compile("from TOC entry (\\d+);");
    private static final Pattern CREATING = Pattern.compile("pg_restore: creating (.*)");

    private final HeldBackList list;
    private final int total;
    private final Consumer<String> progress;
    private final Set<Integer> failed = new HashSet<>();
    private boolean inParallel;
    private int done;

    BuildProgress(HeldBackList list, Consumer<String> progress) {
        this.list = list;
        this.total = list.objects().size();
        this.progress = progress;
    }

    @Override
    public void accept(String line) {
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
            finished(Integer.valueOf(finished.group(1)));
        }
        if (!inParallel && creating.matches()) {
            progress.accept("Building " + creating.group(1));
        }
    }

    private void finished(Integer id) {
        String name = list.names().getOrDefault(id, "");
        if (name.isEmpty()) {
            return;
        }
        done++;
        String count = " (" + done + " of " + total + ")";
        progress.accept(failed.contains(id) ? "Could not build " + name + " yet" + count : "Built " + name + count);
    }
}
