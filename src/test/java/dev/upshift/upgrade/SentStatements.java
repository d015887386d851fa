package dev.upshift.upgrade;

import dev.upshift.lab.PostgresCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the sessions of the control plane have told a server to change, read in that server's own log; and the form in
 * which a statement there and one of a plan can be compared.
 */
final class SentStatements {

    /** To be set on a cluster whose log is to be read. */
    static final String PREFIX = "%m [%p] <%a|%d> ";

    /** Through the driver, which always uses the extended protocol; pg_dump and pg_restore never do. */
    private static final Pattern STATEMENT =
            Pattern.compile("^\\S+ \\S+ \\S+ \\[\\d+] <upshift[^|]*\\|([^>]*)> LOG:  execute [^:]*: (.*)$");

    private static final Pattern DETAIL =
            Pattern.compile("^\\S+ \\S+ \\S+ \\[\\d+] <upshift[^>]*> DETAIL:  [Pp]arameters: (.*)$");
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+) = ('(?:[^']|'')*'|NULL)");

    /** What changes something, by its first word or by a function; a lock that every reading takes does not. */
    private static final Pattern CHANGING = Pattern.compile("^(create|alter|drop|insert|update|delete|truncate|analyze"
            + "|comment|grant|revoke|do|reassign|lock(?! table only .+ in access share mode$)|refresh|copy|with old as \\( delete)\\b"
            + "|\\b(pg_terminate_backend|pg_cancel_backend|pg_create_logical_replication_slot"
            + "|pg_drop_replication_slot|pg_replication_slot_advance|pg_replication_origin_(create|drop|advance)"
            + "|pg_logical_emit_message|setval|nextval)\\s*\\("
            + "|upshift\\.verifiers");

    private static final Pattern BRACKETED = Pattern.compile("\\(('(?:[^']|'')*')(?:::\\w+)?\\)");

    private final Path log;
    private final int from;

    private SentStatements(Path log, int from) {
        this.log = log;
        this.from = from;
    }

    /** From now on. */
    static SentStatements of(Path logs, PostgresCluster cluster) {
        Path log = logs.resolve(cluster.name() + ".log");
        return new SentStatements(log, lines(log).size());
    }

    private static List<String> lines(Path log) {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every statement that changes something, as {@code database: statement}, comparable. */
    List<String> changing() {
        List<String> all = lines(log);
        List<String> changing = new ArrayList<>();
        for (int at = from; at < all.size(); at++) {
            Matcher statement = STATEMENT.matcher(all.get(at));
            if (!statement.matches()) {
                continue;
            }
            StringBuilder text = new StringBuilder(statement.group(2));
            while (at + 1 < all.size() && all.get(at + 1).startsWith("\t")) {
                text.append('\n').append(all.get(++at));
            }
            String sql = text.toString();
            Matcher detail = at + 1 < all.size() ? DETAIL.matcher(all.get(at + 1)) : DETAIL.matcher("");
            if (detail.matches()) {
                sql = withParameters(sql, detail.group(1));
            }
            String comparable = comparable(sql);
            if (isChanging(comparable)) {
                changing.add(statement.group(1) + ": " + comparable);
            }
        }
        return changing;
    }

    static boolean isChanging(String statement) {
        return CHANGING.matcher(statement.toLowerCase(Locale.ROOT)).find();
    }

    private static String withParameters(String sql, String parameters) {
        List<String> values = new ArrayList<>();
        Matcher parameter = PARAMETER.matcher(parameters);
        while (parameter.find()) {
            values.add(parameter.group(2));
        }
        String whole = sql;
        for (int number = values.size(); number > 0; number--) {
            whole = whole.replace("$" + number, values.get(number - 1));
        }
        return whole;
    }

    /** One line, without comments; values that nobody knows before under the names that a plan has for them. */
    static String comparable(String sql) {
        String line = sql.lines()
                .map(String::strip)
                .filter(part -> !part.startsWith("--"))
                .reduce("", (before, part) -> before + " " + part)
                .strip()
                .replaceAll("\\s+", " ");
        return BRACKETED
                .matcher(line)
                .replaceAll("$1")
                .replaceAll("'[0-9A-F]{1,8}/[0-9A-F]{1,8}'", "'⟨log position then⟩'")
                .replaceAll("'\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d[^']*'", "'⟨time then⟩'")
                .replaceAll("'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'", "'⟨a token made then⟩'")
                .replaceAll("any '\\{[\\d,]*}'", "any '⟨those seen until then⟩'")
                .replaceAll("'\\{\"?-?\\d+\"?(,\"?-?\\d+\"?)*}'", "'⟨their values then⟩'")
                .replaceAll("'\\{\"?[tf]\\w*\"?(,\"?[tf]\\w*\"?)*}'(?=::boolean)", "'⟨whether called then⟩'")
                .replaceAll("'pg_\\d+'", "'pg_⟨its oid⟩'")
                .replace("\"", "");
    }

    /** The same without what follows itself: how often something is repeated depends on what happens. */
    static List<String> onceEach(List<String> statements) {
        List<String> once = new ArrayList<>(statements);
        for (int length = 1; length <= 4; length++) {
            int at = 0;
            while (at + 2 * length <= once.size()) {
                if (once.subList(at, at + length).equals(once.subList(at + length, at + 2 * length))) {
                    once.subList(at, at + length).clear();
                } else {
                    at++;
                }
            }
        }
        return once;
    }
}
