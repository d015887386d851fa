package dev.upshift.postgres.internal.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.upshift.lab.Login;
import dev.upshift.postgres.internal.schema.CopyFixture;
import dev.upshift.postgres.role.RoleLevelling;
import dev.upshift.postgres.role.RoleLevelling.Levelled;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Roles that were on an 18 before those of a 16 were copied there: memberships of 16 and newer have options. */
class RoleLevellingIT {

    private static final String STATE = """
            select rolname, rolsuper, rolcanlogin, rolinherit, rolcreatedb, rolconnlimit, rolvaliduntil, rolpassword,
                   (select string_agg(setting, '; ' order by setting)
                    from pg_db_role_setting, unnest(setconfig) setting
                    where setrole = r.oid and setdatabase = 0) as settings,
                   (select string_agg(distinct m.roleid::regrole::text, ', ')
                    from pg_auth_members m where m.member = r.oid) as memberships
            from pg_authid r where rolname in ('dupe', 'Odd "one', 'same') order by rolname""";

    private static final RoleLevelling LEVELLING =
            new SqlRoleLevelling(JsonMapper.builder().build());

    private static CopyFixture fixture;

    @BeforeAll
    static void rolesOnBothSides() {
        fixture = new CopyFixture(16, 18);
        fixture.source.execute("postgres", """
                create role readers;
                create role fresh in role readers;
                create role "Odd ""one" login;
                create role dupe login password 'one' in role readers valid until '2031-01-01' connection limit 7;
                alter role dupe set work_mem = '9MB';
                alter role dupe set search_path = 'a b', public;
                alter role dupe set "app.x" = 'it''s';
                create role same login password 'x' in role readers;
                create role boss login superuser;
                create role mighty login createdb password 'm';
                grant pg_execute_server_program to mighty""");
        fixture.target.execute("postgres", """
                create role readers;
                create role writers;
                create role "Odd ""one" nologin noinherit;
                create role dupe nologin password 'two';
                alter role dupe set statement_timeout = '1s';
                create role same login password 'other' in role readers;
                create role boss login password 'boss';
                create role mighty login in role writers password 'm2'""");
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void passwordSignInLimitsSettingsAndMembershipsAreBroughtLevelAndPowerIsOnlyNamed() {
        Levelled levelled = level();

        assertThat(levelled.passwordsCompared()).isTrue();
        assertThat(levelled.levelled()).containsExactly("Odd \"one", "dupe", "mighty", "same");
        assertThat(levelled.different())
                .containsExactly(
                        "boss (superuser)",
                        "mighty (createdb, member of pg_execute_server_program, member of writers only here)");
        assertThat(fixture.target.rows("postgres", STATE)).isEqualTo(fixture.source.rows("postgres", STATE));
        assertThatCode(() -> fixture.target
                        .connect("postgres", new Login("dupe", "one"))
                        .close())
                .doesNotThrowAnyException();
        assertThat(fixture.target.value("postgres", "select rolsuper from pg_roles where rolname = 'boss'"))
                .isEqualTo("f");
        assertThat(fixture.target.value("postgres", "select rolsuper from pg_roles where rolname = 'upshift'"))
                .as("our own role is left alone")
                .isEqualTo("t");

        assertThat(level().levelled()).as("there is nothing left to do").isEmpty();
    }

    @Test
    void newRolesGetTheirMembershipsWithTheirOptions() {
        fixture.source.execute("postgres", """
                create role lead;
                create role aide;
                grant lead to aide with admin true, inherit false, set true""");
        try (PostgresSession from = fixture.onSource();
                PostgresSession to = fixture.onTargetMaintenance()) {
            assertThat(fixture.copy.copyRoles(from, to).created()).contains("aide", "fresh", "lead");
        }
        assertThat(fixture.target.value(
                        "postgres",
                        "select concat_ws(' ', admin_option, inherit_option, set_option) from pg_auth_members"
                                + " where member = 'aide'::regrole"))
                .isEqualTo("t f t");
    }

    @Test
    void whatTheServerRefusesIsNamedAndThatPasswordsWereNotCompared() throws Exception {
        fixture.source.execute("postgres", "create role late login password 'late'");
        fixture.target.execute("postgres", """
                create role late nologin;
                create role ordinary login password 'ordinary'""");
        try (PostgresSession from = fixture.onSource();
                PostgresSession to = fixture.sessions.open(
                        CopyFixture.endpoint(fixture.target, new Login("ordinary", "ordinary")),
                        "postgres",
                        PostgresSessions.SHORT)) {
            Levelled levelled = LEVELLING.level(from, to);

            assertThat(levelled.passwordsCompared()).isFalse();
            assertThat(levelled.levelled()).doesNotContain("late");
            assertThat(levelled.different()).contains("late (login)");
        } finally {
            fixture.source.execute("postgres", "drop role late");
            fixture.target.execute("postgres", "drop role late; drop role ordinary");
        }
    }

    private static Levelled level() {
        try (PostgresSession from = fixture.onSource();
                PostgresSession to = fixture.onTargetMaintenance()) {
            return LEVELLING.level(from, to);
        }
    }
}
