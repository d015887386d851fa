package dev.upshift.postgres.internal.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads out of a server's log why workers of one subscription ended. Which lines are a worker's is told by its process
 * id: the server names it when the worker has ended, and the worker's lines have it in front, whatever else
 * {@code log_line_prefix} puts there. Lines of others are never taken for a worker's, so nothing is found where the prefix
 * has no process id, or the server speaks another language than English.
 */
final class WorkerLog {

    private static final Pattern LINE =
            Pattern.compile("(LOG|DEBUG\\d|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC|DETAIL|HINT|QUERY|CONTEXT|STATEMENT"
                    + "|LOCATION|BACKTRACE): {1,2}");
    private static final Pattern EXIT =
            Pattern.compile("^background worker .*\\(PID (\\d+)\\) exited with exit code 1$");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** A prefix is not longer than that. */
    private static final int LONGEST_PREFIX = 500;

    private static final int LONGEST_MESSAGE = 500;

    /** How the message of the worker that applies changes is found among the tables': no table is called so. */
    private static final String APPLY = "";

    private final String copyBegins;
    private final String applyBegins;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, String> messages = new HashMap<>();

    WorkerLog(String subscription, String text) {
        copyBegins =
                "logical replication table synchronization worker for subscription \"" + subscription + "\", table \"";
        applyBegins = "logical replication apply worker for subscription \"" + subscription + "\" has started";
        text.lines().forEach(this::take);
        read();
    }

    /** The last message of each table's copy that failed. */
    Map<String, String> copies() {
        Map<String, String> copies = new HashMap<>(messages);
        copies.remove(APPLY);
        return copies;
    }

    Optional<String> apply() {
        return Optional.ofNullable(messages.get(APPLY));
    }

    private void take(String line) {
        Matcher begin = LINE.matcher(line).region(0, Math.min(line.length(), LONGEST_PREFIX));
        // What follows a message on lines of its own begins with a tab.
        if (!line.startsWith("\t") && begin.find()) {
            entries.add(
                    new Entry(numbers(line.substring(0, begin.start())), begin.group(1), line.substring(begin.end())));
        }
    }

    private void read() {
        List<Started> started = new ArrayList<>();
        for (int place = 0; place < entries.size(); place++) {
            Entry entry = entries.get(place);
            @Nullable String name = begun(entry.text());
            if (name != null) {
                started.add(new Started(name, place));
                continue;
            }
            Matcher exit = EXIT.matcher(entry.text());
            if (exit.find()) {
                String process = exit.group(1);
                for (int last = started.size() - 1; last >= 0; last--) {
                    Started worker = started.get(last);
                    if (entries.get(worker.place()).numbers().contains(process)) {
                        String said = said(worker.place(), place, process);
                        if (said != null) {
                            messages.put(worker.name(), said);
                        }
                        started.remove(last);
                        break;
                    }
                }
            }
        }
    }

    /** What a worker is for that begins with this line; null for any other line. */
    private @Nullable String begun(String text) {
        if (text.equals(applyBegins)) {
            return APPLY;
        }
        String end = "\" has started";
        return text.startsWith(copyBegins) && text.endsWith(end)
                ? text.substring(copyBegins.length(), text.length() - end.length())
                : null;
    }

    /** Neither the detail nor the context of a COPY: both may hold rows. */
    private @Nullable String said(int from, int to, String process) {
        @Nullable StringBuilder said = null;
        for (Entry entry : entries.subList(from, to)) {
            if (!entry.numbers().contains(process)) {
                continue;
            }
            switch (entry.severity()) {
                case "ERROR", "FATAL" -> said = new StringBuilder(entry.text());
                case "HINT" -> append(said, entry.text());
                case "CONTEXT" -> {
                    if (!entry.text().startsWith("COPY ") && !entry.text().startsWith("processing remote data")) {
                        append(said, entry.text());
                    }
                }
                default -> {
                    // tells nothing about why
                }
            }
        }
        return said == null ? null : shortened(said.toString());
    }

    private static void append(@Nullable StringBuilder said, String more) {
        if (said != null) {
            said.append(said.charAt(said.length() - 1) == '.' ? " " : ". ").append(more);
        }
    }

    private static String shortened(String said) {
        String cut = said.length() > LONGEST_MESSAGE ? said.substring(0, LONGEST_MESSAGE) + "…" : said;
        return cut.endsWith(".") ? cut.substring(0, cut.length() - 1) : cut;
    }

    private static Set<String> numbers(String prefix) {
        Set<String> numbers = new HashSet<>();
        Matcher number = NUMBER.matcher(prefix);
        while (number.find()) {
            numbers.add(number.group());
        }
        return numbers;
    }

    /** @param numbers that stand before the severity: the process id is one of them, if the prefix has it */
    private record Entry(Set<String> numbers, String severity, String text) {}

    /** @param place of the line with which it began */
    private record Started(String name, int place) {}
}
