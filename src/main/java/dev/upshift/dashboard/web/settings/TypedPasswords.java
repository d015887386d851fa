package dev.upshift.dashboard.web.settings;

import dev.upshift.shared.Secret;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import java.util.TreeMap;
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
     * Adds what was typed earlier to what is typed now. Poolers are recognised by their name, because their rows move.
     *
     * @param form which form it is: a slug, or empty for a new project
     */
    static Fields completed(Fields sent, HttpSession session, String form) {
        if (!(session.getAttribute(ATTRIBUTE) instanceof Kept kept)
                || !kept.form().equals(form)) {
            return sent;
        }
        Map<String, Secret> missing = new TreeMap<>();
        passwordFields(sent).forEach(field -> {
            Secret known = kept.passwords().get(key(field, sent));
            if (known != null) {
                missing.put(field, known);
            }
        });
        return sent.withPasswords(missing);
    }

    static void keep(Fields fields, HttpSession session, String form) {
        Map<String, Secret> passwords = new TreeMap<>();
        fields.passwords().forEach((field, password) -> passwords.put(key(field, fields), password));
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

    private static String key(String field, Fields fields) {
        if (!field.startsWith("poolers")) {
            return field;
        }
        String row = field.substring(0, field.indexOf(']') + 1);
        return (field.endsWith(APPLICATION) ? "application of pooler " : "pooler ") + fields.text(row + ".name");
    }

    private record Kept(String form, Map<String, Secret> passwords) {}
}
