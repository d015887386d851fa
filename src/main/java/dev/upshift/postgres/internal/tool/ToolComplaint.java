package dev.upshift.postgres.internal.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The readable part of what {@code pg_dump} or {@code pg_restore} writes: errors with their details and the entries
 * they are about. The statements that failed are left out: they may hold passwords, of a foreign server's users for
 * example. So is what comes after the first dozen of lines, which the first errors usually caused.
 */
final class ToolComplaint implements Consumer<String> {

    private static final int SHOWN = 12;
    private static final List<String> TELLING =
            List.of("ERROR:", "FATAL:", "DETAIL:", "HINT:", "error:", "fatal:", "from TOC entry");

    private final List<String> said = new ArrayList<>();
    private boolean inStatement;

    @Override
    public synchronized void accept(String line) {
        if (line.startsWith("Command was:") || line.contains("detail: Query was:")) {
            inStatement = true;
        } else if (line.startsWith("pg_dump: ") || line.startsWith("pg_restore: ")) {
            inStatement = false;
        }
        if (!inStatement && said.size() < SHOWN && TELLING.stream().anyMatch(line::contains)) {
            said.add(line.replaceFirst("^pg_(dump|restore): ", "").strip());
        }
    }

    /** What to tell the operator; ends with a remedy where a usual one is known. Empty if nothing was wrong. */
    synchronized String text() {
        String what = String.join("; ", said);
        return what + remedy(what);
    }

    private static String remedy(String what) {
        if (what.contains("max_locks_per_transaction")) {
            return " — a schema is taken and put in place in one transaction, which locks every table of it: raise"
                    + " max_locks_per_transaction on that server (its restart is needed) and repeat this step.";
        }
        if (what.contains("extension") && what.contains("is not available")) {
            return " — install the extension's package on the target's machine and repeat this step.";
        }
        if (what.contains("role") && what.contains("does not exist")) {
            return " — create that role on the target and repeat this step.";
        }
        return "";
    }
}
