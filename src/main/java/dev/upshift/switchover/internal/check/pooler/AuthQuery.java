package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.postgres.role.PasswordLookups.Used;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an {@code auth_query} reads and calls, as far as the usual forms go: {@code … from pg_shadow where …},
 * {@code select * from pooler.lookup($1)}, {@code select pooler.lookup($1)}.
 *
 * @param used empty where it cannot be told
 */
record AuthQuery(List<Used> used) {

    private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[A-Za-z_][\\w$]*)";
    private static final String QUALIFIED = "(?:" + NAME + "\\s*\\.\\s*)?" + NAME;

    private static final Pattern READ =
            Pattern.compile("\\b(?:from|join)\\s+(?:only\\s+)?" + QUALIFIED + "\\s*([(,.]?)", Pattern.CASE_INSENSITIVE);

    private static final Pattern CALLED = Pattern.compile(NAME + "\\s*\\.\\s*" + NAME + "\\s*\\(");
    private static final Pattern TEXT = Pattern.compile("'[^']*'");

    static AuthQuery of(String query) {
        String text = TEXT.matcher(query).replaceAll("''");
        if (text.contains("--") || text.contains("/*")) {
            return new AuthQuery(List.of());
        }
        List<Used> used = new ArrayList<>();
        Matcher read = READ.matcher(text);
        while (read.find()) {
            String follows = read.group(3);
            if (follows.equals(",") || follows.equals(".")) {
                return new AuthQuery(List.of());
            }
            used.add(new Used(
                    read.group(1) == null ? "" : folded(read.group(1)), folded(read.group(2)), follows.equals("(")));
        }
        Matcher called = CALLED.matcher(text);
        while (called.find()) {
            used.add(new Used(folded(called.group(1)), folded(called.group(2)), true));
        }
        return new AuthQuery(used.stream().distinct().toList());
    }

    private static String folded(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name.toLowerCase(Locale.ROOT);
    }
}
