package dev.upshift.postgres.internal.schema;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The object that {@code pg_restore --verbose} was at when it stopped: with {@code --exit-on-error} its error does not
 * say. For one job only, whose lines do not interleave.
 */
final class RestoredObject implements Consumer<String> {

    private static final Pattern CREATING = Pattern.compile("pg_restore: creating (\\S.*?) \"(.*)\"");
    private static final Pattern FAILED = Pattern.compile("pg_restore: error: .*");

    private String last = "";
    private boolean failed;

    @Override
    public synchronized void accept(String line) {
        Matcher creating = CREATING.matcher(line);
        if (FAILED.matcher(line).matches()) {
            failed = true;
        } else if (!failed && creating.matches()) {
            last = "%s %s".formatted(creating.group(1).toLowerCase(Locale.ROOT), creating.group(2));
        }
    }

    /** “view public.slow_queries: ”, or nothing where it did not get so far. */
    synchronized String at() {
        return failed && !last.isEmpty() ? last + ": " : "";
    }
}
