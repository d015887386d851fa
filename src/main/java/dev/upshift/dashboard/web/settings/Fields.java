package dev.upshift.dashboard.web.settings;

import dev.upshift.shared.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in the fields of a project's form, whether it makes sense or not. Fields have the names that they have in
 * JSON ({@code poolers[0].config.path}), so that what is wrong with one finds its place. Passwords are kept apart: they
 * are never drawn.
 *
 * @param texts by the field's name; what is not there is empty
 * @param passwords by the field's name; blank ones are left out
 * @param databases how many rows there are for databases
 * @param poolers likewise for poolers
 */
public record Fields(Map<String, String> texts, Map<String, Secret> passwords, int databases, int poolers) {

    /** More than anybody types, so that an address with a made-up number costs no memory. */
    private static final int MOST_ROWS = 100;

    private static final Pattern ROW = Pattern.compile("(databases|poolers)\\[(\\d{1,3})](.*)");
    private static final String PASSWORD = ".password";

    public Fields {
        texts = Map.copyOf(texts);
        passwords = Map.copyOf(passwords);
    }

    /** As sent. */
    static Fields sent(Map<String, String> parameters) {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, Secret> passwords = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (!name.endsWith(PASSWORD)) {
                texts.put(name, value.strip());
            } else if (!value.isBlank()) {
                passwords.put(name, new Secret(value));
            }
        });
        return new Fields(texts, passwords, rows("databases", parameters), rows("poolers", parameters));
    }

    /** Whether a row came without a number of its own, or one too many: it would be forgotten, and nobody told. */
    boolean hasLostRows() {
        return texts.keySet().stream().anyMatch(Fields::isLost);
    }

    static boolean isLost(String name) {
        Matcher row = ROW.matcher(name);
        return (name.startsWith("databases[") || name.startsWith("poolers["))
                && (!row.matches() || Integer.parseInt(row.group(2)) >= MOST_ROWS);
    }

    /** Whether the name stands for rows that come and go. */
    static boolean isRows(String name) {
        return name.equals("databases") || name.equals("poolers");
    }

    /** The text in a field; never a password. A new row has PgBouncer's usual port. */
    public String text(String name) {
        return texts.getOrDefault(name, name.endsWith("].port") ? "6432" : "");
    }

    public boolean isChecked(String name) {
        return Boolean.parseBoolean(text(name));
    }

    /** What has a tick, of a list that has a box for each of what it may hold. */
    List<String> tickedOf(String list) {
        return texts.keySet().stream()
                .filter(name -> name.startsWith(list + ".") && isChecked(name))
                .map(name -> name.substring(list.length() + 1))
                .toList();
    }

    public boolean hasPassword(String name) {
        return passwords.containsKey(name);
    }

    Secret password(String name) {
        return passwords.getOrDefault(name, new Secret(""));
    }

    /** With one more row for a database or a pooler. */
    Fields withRow(String list) {
        return new Fields(
                texts,
                passwords,
                databases + (list.equals("databases") ? 1 : 0),
                poolers + (list.equals("poolers") ? 1 : 0));
    }

    /** Without one row; those behind it move up. */
    Fields withoutRow(String list, int row) {
        Map<String, String> fewerTexts = new LinkedHashMap<>();
        Map<String, Secret> fewerPasswords = new LinkedHashMap<>();
        texts.forEach((name, text) -> moveUp(list, row, name, moved -> fewerTexts.put(moved, text)));
        passwords.forEach((name, password) -> moveUp(list, row, name, moved -> fewerPasswords.put(moved, password)));
        return new Fields(
                fewerTexts,
                fewerPasswords,
                Math.max(1, databases - (list.equals("databases") ? 1 : 0)),
                Math.max(1, poolers - (list.equals("poolers") ? 1 : 0)));
    }

    Fields withPasswords(Map<String, Secret> more) {
        Map<String, Secret> all = new LinkedHashMap<>(more);
        all.putAll(passwords);
        return new Fields(texts, all, databases, poolers);
    }

    private static void moveUp(String list, int row, String name, Consumer<String> keep) {
        Matcher matcher = ROW.matcher(name);
        if (!matcher.matches() || !matcher.group(1).equals(list)) {
            keep.accept(name);
            return;
        }
        int index = Integer.parseInt(matcher.group(2));
        if (index != row) {
            keep.accept(list + "[" + (index > row ? index - 1 : index) + "]" + matcher.group(3));
        }
    }

    private static int rows(String list, Map<String, String> parameters) {
        return parameters.keySet().stream()
                .map(ROW::matcher)
                .filter(matcher -> matcher.matches() && matcher.group(1).equals(list))
                .mapToInt(matcher -> Math.min(MOST_ROWS, Integer.parseInt(matcher.group(2)) + 1))
                .max()
                .orElse(1);
    }
}
