package dev.upshift.dashboard.web.settings;

import dev.upshift.shared.Secret;
import jakarta.servlet.http.HttpSession;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Passwords of a form that could not be saved yet, so that nobody types four of them again because of a wrong port. They
 * stay in the memory of the session until the form is saved, and are never drawn.
 */
final class TypedPasswords {

    private static final String ATTRIBUTE = "upshift.typed-passwords";

    private static final String APPLICATION = ".application.password";

    private TypedPasswords() {}

    /**
     * Adds what was typed earlier to what is typed now. Poolers are recognised by their name and the address of their
     * console, and, where one of these was the mistake, by the other if only one pooler had it; not by their rows, which
     * move.
     *
     * @param form which form it is: a slug, or empty for a new project
     */
    static Fields completed(Fields sent, HttpSession session, String form) {
        if (!(session.getAttribute(ATTRIBUTE) instanceof Kept kept)
                || !kept.form().equals(form)) {
            return sent;
        }
        Map<String, Secret> missing = new TreeMap<>();
        passwordFields(sent).filter(field -> isOfSomebody(field, sent)).forEach(field -> {
            keys(field, sent)
                    .filter(kept.passwords()::containsKey)
                    .findFirst()
                    .ifPresent(key -> missing.put(field, kept.passwords().get(key)));
        });
        return sent.withPasswords(missing);
    }

    static void keep(Fields fields, HttpSession session, String form) {
        Map<String, Secret> passwords = new TreeMap<>();
        Set<String> shared = new HashSet<>();
        fields.passwords()
                .forEach((field, password) -> keys(field, fields)
                        .filter(key -> passwords.put(key, password) != null)
                        .forEach(shared::add));
        passwords.keySet().removeAll(shared);
        session.setAttribute(ATTRIBUTE, new Kept(form, passwords));
    }

    static void forget(HttpSession session) {
        session.removeAttribute(ATTRIBUTE);
    }

    private static Stream<String> passwordFields(Fields fields) {
        return Stream.concat(
                Stream.of("source.password", "target.password"),
                IntStream.range(0, fields.poolers())
                        .boxed()
                        .flatMap(row ->
                                Stream.of("poolers[" + row + "].password", "poolers[" + row + "]" + APPLICATION)));
    }

    /** A login of the application that is taken back must not leave its password behind, which nobody could see or clear. */
    private static boolean isOfSomebody(String field, Fields sent) {
        return !field.endsWith(APPLICATION)
                || !sent.text(field.replace(".password", ".username")).isEmpty();
    }

    /** By what a password is found again, the surest first. */
    private static Stream<String> keys(String field, Fields fields) {
        if (!field.startsWith("poolers")) {
            return Stream.of(field);
        }
        String row = field.substring(0, field.indexOf(']') + 1);
        return Stream.of(List.of(".name", ".host", ".port"), List.of(".name"), List.of(".host", ".port"))
                .filter(by -> !fields.text(row + by.getFirst()).isEmpty())
                .map(by -> key(field, fields, row, by));
    }

    private static String key(String field, Fields fields, String row, List<String> by) {
        return by.stream()
                .map(name -> name + " " + fields.text(row + name))
                .collect(Collectors.joining(" ", field.endsWith(APPLICATION) ? "application" : "console", ""));
    }

    private record Kept(String form, Map<String, Secret> passwords) {}
}
