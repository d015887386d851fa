package dev.upshift.postgres.internal.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.role.Roles;
import dev.upshift.postgres.role.Roles.Duty;
import dev.upshift.postgres.role.Roles.Lack;
import dev.upshift.postgres.role.Roles.Rights;
import dev.upshift.postgres.role.Roles.SignInRoles;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an ordinary role lacks on real servers, and that it lacks nothing once it was given what is named. */
@ExtendWith(SharedServers.class)
class RolesIT {

    private static final Set<Duty> ALL = EnumSet.complementOf(EnumSet.of(Duty.HARD_FENCE));

    private final Roles roles = new ServerRoles();

    @ParameterizedTest
    @ValueSource(ints = {13, 16, 17, 18})
    void anOrdinaryRoleLacksWhatASwitchNeedsUntilItIsGiven(int major) {
        PostgresCluster server = SharedServers.of(major);
        String database = SharedServers.database(major);
        server.execute("postgres", """
                drop role if exists "switch er";
                drop role if exists "table owner";
                create role "table owner";
                create role "switch er" login password 'switcher'""");
        server.execute(database, """
                create table kept (id int primary key);
                alter table kept owner to "table owner";
                create publication upshift_link""");
        server.execute("postgres", "revoke all on database \"" + database + "\" from public");
        server.execute("postgres", "grant connect on database \"" + database + "\" to \"switch er\"");

        assertThat(lacks(major, database))
                .extracting(Lack::what)
                .anySatisfy(what -> assertThat(what).contains("ALTER DATABASE"))
                .anySatisfy(what -> assertThat(what).contains("end sessions"))
                .anySatisfy(what -> assertThat(what).contains("replication slots"))
                .anySatisfy(what -> assertThat(what).isEqualTo("create a subscription"))
                .anySatisfy(what -> assertThat(what).contains("publish 1 tables", "public.kept"))
                .anySatisfy(what -> assertThat(what).contains("publication upshift_link"));
        if (major >= 14) { // before, nobody but a superuser may, whatever was granted
            assertThat(lacks(major, database))
                    .anySatisfy(lack -> assertThat(lack.remedy())
                            .contains("GRANT EXECUTE ON FUNCTION", "pg_replication_origin_advance"));
        }

        server.execute(database, """
                alter role "switch er" replication;
                grant pg_signal_backend to "switch er";
                grant execute on function pg_replication_origin_advance(text, pg_lsn) to "switch er";
                grant execute on function pg_replication_origin_progress(text, boolean) to "switch er";
                alter publication upshift_link owner to "table owner";
                grant "table owner" to "switch er";""");
        server.execute("postgres", "alter database \"" + database + "\" owner to \"table owner\"");
        if (major >= 16) {
            server.execute("postgres", "grant pg_create_subscription to \"switch er\"");
            assertThat(lacks(major, database)).isEmpty();
        } else {
            assertThat(lacks(major, database)).singleElement().satisfies(lack -> {
                assertThat(lack.what()).isEqualTo("create a subscription");
                assertThat(lack.remedy()).contains("SUPERUSER", "below PostgreSQL 16");
            });
        }
        try (PostgresSession superuser = SharedServers.open(major, database)) {
            assertThat(roles.lacks(superuser, ALL, "upshift_link")).isEmpty();
        }
    }

    /** Nothing can be granted for that. */
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void onlyASuperuserMayRaiseTheHardFence(int major) {
        PostgresCluster server = SharedServers.of(major);
        String database = SharedServers.database(major);
        server.execute(
                "postgres", "drop role if exists \"fen cer\"; create role \"fen cer\" login password 'switcher'");
        server.execute("postgres", "alter database \"" + database + "\" owner to \"fen cer\"");
        server.execute("postgres", "grant pg_signal_backend to \"fen cer\"");

        assertThat(lacks(major, database, "fen cer", EnumSet.of(Duty.FENCE))).isEmpty();
        assertThat(lacks(major, database, "fen cer", EnumSet.of(Duty.FENCE, Duty.HARD_FENCE)))
                .singleElement()
                .satisfies(lack -> {
                    assertThat(lack.what()).contains("hard fence", "lock it out");
                    assertThat(lack.remedy()).contains("soft fence", "ALTER ROLE \"fen cer\" SUPERUSER");
                });
        server.execute("postgres", "alter role \"fen cer\" superuser");
        assertThat(lacks(major, database, "fen cer", EnumSet.of(Duty.FENCE, Duty.HARD_FENCE)))
                .isEmpty();
        server.execute("postgres", "alter role \"fen cer\" nosuperuser");
    }

    @Test
    void remediesAreStatementsThatTheServerTakes() {
        PostgresCluster server = SharedServers.of(17);
        String database = SharedServers.database(17);
        server.execute("postgres", """
                drop role if exists "remedied";
                create role "remedied" login password 'switcher'""");
        List<Lack> lacks = lacks(17, database, "remedied");

        assertThat(lacks).isNotEmpty();
        lacks.forEach(lack -> server.execute(database, lack.remedy()));
        assertThat(lacks(17, database, "remedied")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void seesWhoMaySignInAndWithWhat(int major) {
        PostgresCluster server = SharedServers.of(major);
        String database = SharedServers.database(major);
        server.execute("postgres", "drop role if exists \"app \"\"er\"; drop role if exists plain");
        server.execute("postgres", "create role plain nologin");
        server.execute(
                "postgres",
                "create role \"app \"\"er\" login noinherit connection limit 3 password 'one' in role plain");
        server.execute("postgres", "alter role \"app \"\"er\" set work_mem = '9MB'");
        try (PostgresSession session = SharedServers.open(major, database)) {
            SignInRoles seen = roles.signIn(session);

            assertThat(seen.verifiersReadable()).isTrue();
            assertThat(seen.roles()).doesNotContainKeys("upshift", "postgres", "pg_monitor");
            assertThat(seen.roles().get("plain").mayLogin()).isFalse();
            assertThat(seen.roles().get("app \"er")).satisfies(role -> {
                assertThat(role.mayLogin() && role.mayConnect()).isTrue();
                assertThat(role.expired()).isFalse();
                assertThat(role.connectionLimit()).isEqualTo(3);
                assertThat(role.verifier()).hasSize(32);
                assertThat(role.settings()).containsExactly("work_mem=9MB");
                assertThat(role.memberships()).containsExactly("plain");
                assertThat(role.attributes()).containsExactly("noinherit");
            });
            String verifier = seen.roles().get("app \"er").verifier();
            server.execute("postgres", "alter role \"app \"\"er\" password 'two'");
            assertThat(roles.signIn(session).roles().get("app \"er").verifier())
                    .isNotNull()
                    .isNotEqualTo(verifier);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void tellsByASumWhetherARightWasTakenAway(int major) {
        PostgresCluster server = SharedServers.of(major);
        String database = SharedServers.database(major);
        String quoted = '"' + database + '"';
        server.execute("postgres", "drop role if exists rightful; drop role if exists helpful");
        server.execute("postgres", "create role helpful; create role rightful login password 'one' in role helpful");
        server.execute("postgres", "grant connect on database " + quoted + " to rightful");
        server.execute(database, """
                create publication upshift_rights;
                grant execute on function pg_replication_origin_advance(text, pg_lsn) to rightful""");
        try (PostgresSession session = SharedServers.open(major, database)) {
            Rights before = roles.rights(session, "upshift_rights");
            assertThat(before.withVerifiers()).isTrue();

            server.execute("postgres", "alter database " + quoted + " set default_transaction_read_only = on");
            server.execute("postgres", "alter database " + quoted + " connection limit 7");
            assertThat(roles.areStill(session, "upshift_rights", before))
                    .as("a fence takes no right away")
                    .isTrue();
            server.execute("postgres", """
                    begin read write;
                    alter database %1$s reset default_transaction_read_only;
                    alter database %1$s connection limit -1;
                    commit""".formatted(quoted));

            for (String change : List.of(
                    "revoke execute on function pg_replication_origin_advance(text, pg_lsn) from rightful",
                    "revoke connect on database " + quoted + " from rightful",
                    "revoke helpful from rightful",
                    "alter role rightful password 'two'",
                    "alter role rightful connection limit 0",
                    "alter role rightful in database " + quoted + " set work_mem = '9MB'",
                    "alter role rightful nologin",
                    "alter publication upshift_rights owner to postgres")) {
                Rights then = roles.rights(session, "upshift_rights");
                assertThat(roles.areStill(session, "upshift_rights", then)).isTrue();

                server.execute(database, change);

                assertThat(roles.areStill(session, "upshift_rights", then))
                        .as(change)
                        .isFalse();
            }
        }
    }

    @Test
    void looksUpByNameWhoeverItIs() {
        try (PostgresSession session = SharedServers.open(17, SharedServers.database(17))) {
            assertThat(roles.named(session, List.of("postgres", "upshift", "nobody at all"))
                            .roles())
                    .containsOnlyKeys("postgres", "upshift")
                    .allSatisfy((name, role) ->
                            assertThat(role.mayLogin() && role.mayConnect()).isTrue());
            assertThat(roles.named(session, List.of()).roles()).isEmpty();
        }
    }

    private List<Lack> lacks(int major, String database) {
        return lacks(major, database, "switch er");
    }

    private List<Lack> lacks(int major, String database, String role) {
        return lacks(major, database, role, ALL);
    }

    private List<Lack> lacks(int major, String database, String role, Set<Duty> duties) {
        Endpoint server = SharedServers.endpoint(major);
        Endpoint ordinary = new Endpoint(server.host(), server.port(), role, new Secret("switcher"), server.sslMode());
        try (PostgresSession session = SharedServers.SESSIONS.open(ordinary, database, PostgresSessions.SHORT)) {
            return roles.lacks(session, duties, "upshift_link");
        }
    }
}
