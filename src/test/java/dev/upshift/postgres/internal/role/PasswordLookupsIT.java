package dev.upshift.postgres.internal.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.role.PasswordLookups;
import dev.upshift.postgres.role.PasswordLookups.Right;
import dev.upshift.postgres.role.PasswordLookups.Used;
import dev.upshift.postgres.session.PostgresSession;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pooler's auth_user may do on real servers. */
@ExtendWith(SharedServers.class)
class PasswordLookupsIT {

    private static final Used TABLE = new Used("", "pg_authid", false);
    private static final Used VIEW = new Used("pg_catalog", "pg_shadow", false);
    private static final Used FUNCTION = new Used("ask", "lookup", true);

    private final PasswordLookups lookups = new ServerPasswordLookups();

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void tellsWhatARoleMayReadAndCall(int major) {
        PostgresCluster server = SharedServers.of(major);
        String database = SharedServers.database(major);
        server.execute(database, """
                drop role if exists "ask er";
                drop role if exists answerer;
                create role "ask er" login;
                create role answerer;
                create schema ask;
                create function ask.lookup(who text) returns table (u name, p text) language sql security definer
                    as 'select rolname, rolpassword from pg_authid where rolname = who';
                create function ask.lookup() returns int language sql as 'select 1';
                revoke all on function ask.lookup(text) from public;
                revoke all on function ask.lookup() from public;
                alter function ask.lookup(text) owner to answerer""");
        try (PostgresSession session = SharedServers.open(major, database)) {
            List<Right> before = lookups.rights(session, "ask er", List.of(TABLE, VIEW, FUNCTION));
            assertThat(before).isNotEmpty().noneMatch(Right::granted);
            assertThat(before)
                    .contains(
                            new Right(
                                    1, "", "\"ask er\"", "SELECT", "TABLE pg_catalog.pg_authid", "rolpassword", false),
                            new Right(2, "", "\"ask er\"", "SELECT", "TABLE pg_catalog.pg_shadow", "passwd", false),
                            new Right(3, "", "\"ask er\"", "USAGE", "SCHEMA ask", "", false),
                            new Right(3, "", "\"ask er\"", "EXECUTE", "FUNCTION ask.lookup(who text)", "", false),
                            new Right(
                                    3,
                                    "ask.lookup(who text)",
                                    "answerer",
                                    "SELECT",
                                    "TABLE pg_catalog.pg_authid",
                                    "rolpassword",
                                    false));

            server.execute(database, """
                    grant select on pg_shadow to "ask er";
                    grant select (rolname) on pg_authid to "ask er";
                    grant usage on schema ask to "ask er";
                    grant execute on function ask.lookup(text) to "ask er";
                    grant select on pg_authid to answerer""");
            List<Right> after = lookups.rights(session, "ask er", List.of(TABLE, VIEW, FUNCTION));
            assertThat(after).hasSameSizeAs(before);
            assertThat(after.stream().filter(right -> right.used() == 1 && right.granted()))
                    .extracting(Right::column)
                    .containsExactly("rolname");
            assertThat(after.stream().filter(right -> right.used() == 2)).allMatch(Right::granted);
            assertThat(after.stream().filter(right -> right.used() == 3 && !right.granted()))
                    .extracting(Right::object)
                    .containsExactly("FUNCTION ask.lookup()");

            assertThat(lookups.rights(
                            session, "ask er", List.of(new Used("", "lookup", true), new Used("no", "x", true))))
                    .as("not where the role would find it, or nowhere")
                    .isEmpty();
            assertThat(lookups.rights(session, "nobody", List.of(TABLE))).isEmpty();
            assertThat(lookups.rights(session, "ask er", List.of())).isEmpty();
        }
        server.execute(database, "drop owned by \"ask er\", answerer; drop role \"ask er\"; drop role answerer");
    }
}
