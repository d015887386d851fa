package dev.upshift.postgres.internal.role;

import dev.upshift.postgres.internal.session.QuietServer;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.role.RoleLevelling;
import dev.upshift.postgres.role.RoleLevelling.Levelled;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Compares by one statement a side, and executes what that answers. */
@Component
class SqlRoleLevelling implements RoleLevelling {

    private static final Logger log = LoggerFactory.getLogger(SqlRoleLevelling.class);

    private static final String PASSWORD = "password";

    private final JsonMapper json;

    SqlRoleLevelling(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Levelled level(PostgresSession source, PostgresSession target) {
        String document = source.jdbc()
                .sql(SqlResource.read(SqlRoleLevelling.class, "source-roles.sql"))
                .query(String.class)
                .single();
        boolean comparable = mayReadVerifiers(source) && mayReadVerifiers(target);
        Map<String, String> verifiers = comparable ? verifiers(source) : Map.of();
        List<Difference> found = differences(target, document);
        found.stream()
                .flatMap(difference -> difference.statement().stream())
                .forEach(statement -> attempt(target, statement));
        Map<String, String> changed = changed(verifiers, target);
        setVerifiers(target, changed);
        return report(found, differences(target, document), changed.keySet(), changed(verifiers, target), comparable);
    }

    private static Levelled report(
            List<Difference> found,
            List<Difference> left,
            Set<String> passwordsFound,
            Map<String, String> passwordsLeft,
            boolean comparable) {
        Set<String> levelled = new TreeSet<>();
        found.stream()
                .filter(Predicate.not(left::contains))
                .map(Difference::role)
                .forEach(levelled::add);
        passwordsFound.stream().filter(role -> !passwordsLeft.containsKey(role)).forEach(levelled::add);
        Map<String, List<String>> different = new TreeMap<>();
        passwordsLeft
                .keySet()
                .forEach(role -> different
                        .computeIfAbsent(role, name -> new ArrayList<>())
                        .add(PASSWORD));
        left.forEach(difference -> different
                .computeIfAbsent(difference.role(), name -> new ArrayList<>())
                .add(difference.what()));
        return new Levelled(
                List.copyOf(levelled),
                different.entrySet().stream()
                        .map(role -> "%s (%s)".formatted(role.getKey(), String.join(", ", role.getValue())))
                        .toList(),
                comparable);
    }

    private static List<Difference> differences(PostgresSession target, String document) {
        return target.jdbc()
                .sql(SqlResource.read(SqlRoleLevelling.class, "level-roles.sql"))
                .param("document", document)
                .query((row, number) -> new Difference(
                        row.getString("role"), row.getString("what"), Optional.ofNullable(row.getString("statement"))))
                .list();
    }

    /** What is refused is found again when it is read back; the reason is for the log. */
    private static void attempt(PostgresSession target, String statement) {
        try {
            target.change().sql(statement).update();
        } catch (DataAccessException refused) {
            log.warn("The target refused: {}", statement, refused);
        }
    }

    private void setVerifiers(PostgresSession target, Map<String, String> verifiers) {
        if (verifiers.isEmpty()) {
            return;
        }
        try {
            target.inTransaction(() -> {
                target.jdbc()
                        .sql(QuietServer.inTransaction(target.version()))
                        .query()
                        .listOfRows();
                target.change()
                        .sql("select set_config('upshift.verifiers', :verifiers, true)")
                        .param("verifiers", target.reveal(new Secret(json.writeValueAsString(verifiers))))
                        .query()
                        .listOfRows();
                target.change()
                        .sql(SqlResource.read(SqlRoleLevelling.class, "set-verifiers.sql"))
                        .update();
                return true;
            });
        } catch (DataAccessException refused) {
            log.warn("The target refused the passwords of {} roles", verifiers.size(), refused);
        }
    }

    private static boolean mayReadVerifiers(PostgresSession session) {
        return session.jdbc()
                .sql("select has_table_privilege('pg_authid', 'select')")
                .query(Boolean.class)
                .single();
    }

    /** Those of the source that the target's role of the same name does not have. */
    private static Map<String, String> changed(Map<String, String> verifiers, PostgresSession target) {
        if (verifiers.isEmpty()) {
            return Map.of();
        }
        Map<String, String> there = verifiers(target);
        Map<String, String> changed = new TreeMap<>();
        verifiers.forEach((role, verifier) -> {
            if (there.containsKey(role) && !verifier.isEmpty() && !Objects.equals(verifier, there.get(role))) {
                changed.put(role, verifier);
            }
        });
        return changed;
    }

    /** By role, empty for one without a password. */
    private static Map<String, String> verifiers(PostgresSession session) {
        Map<String, String> verifiers = new HashMap<>();
        session.jdbc()
                .sql("select rolname, coalesce(rolpassword, '') from pg_authid where oid >= 16384 and not rolsuper"
                        + " and rolname not in (current_user, session_user)")
                .query(row -> {
                    verifiers.put(row.getString(1), row.getString(2));
                });
        return verifiers;
    }

    /** @param statement that mends it, unless it is only to be named */
    private record Difference(String role, String what, Optional<String> statement) {}
}
