package dev.upshift.postgres.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.schema.SchemaCopy.RoleReport;
import dev.upshift.postgres.schema.SchemaCopy.SchemaCopyFailed;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Copies roles and databases from PostgreSQL 13 to 18; the tests build on each other's roles. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RoleCopyIT {

    private static final String ROLES = """
            select rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,
                   rolbypassrls, rolconnlimit, rolvaliduntil, rolpassword,
                   shobj_description(oid, 'pg_authid') as comment,
                   (select string_agg(setting, '; ' order by setting)
                    from pg_db_role_setting, unnest(setconfig) setting
                    where setrole = r.oid and setdatabase = 0) as settings,
                   (select string_agg(m.roleid::regrole || ' ' || m.admin_option, ', ' order by m.roleid::regrole::text)
                    from pg_auth_members m where m.member = r.oid) as memberships
            from pg_authid r
            where rolname !~ '^pg_' and rolname not in ('postgres', 'upshift', 'creator')
            order by rolname""";

    private static final String DATABASE = """
            select pg_get_userbyid(datdba) as owner, pg_encoding_to_char(encoding) as encoding, datcollate, datctype,
                   datconnlimit, shobj_description(d.oid, 'pg_database') as comment,
                   (select string_agg(a::text, ' ' order by a::text)
                    from (select grantee::regrole::text, privilege_type, is_grantable from aclexplode(datacl)) a) as acl,
                   (select string_agg(setrole::regrole || ': ' || setting, '; ' order by setrole::regrole::text, setting)
                    from pg_db_role_setting, unnest(setconfig) setting
                    where setdatabase = d.oid and setting not like 'default_transaction_read_only%') as settings
            from pg_database d where datname = 'warehouse'""";

    private static CopyFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new CopyFixture(13, 18);
        fixture.source.execute("postgres", CopyFixture.text("roles.sql"));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void noDatabase() {
        fixture.target.execute("postgres", "drop database if exists warehouse with (force)");
    }

    @Test
    @Order(1)
    void whoMayNotCreateRolesIsToldAndNoneIsCreated() throws Exception {
        fixture.target.execute("postgres", "create role creator login createrole password 'creator'");
        try (PostgresSession from = fixture.onSource();
                PostgresSession to = fixture.sessions.open(
                        CopyFixture.endpoint(fixture.target, new Login("creator", "creator")),
                        "postgres",
                        PostgresSessions.SHORT)) {
            assertThatThrownBy(() -> fixture.copy.copyRoles(from, to))
                    .isInstanceOf(SchemaCopyFailed.class)
                    .hasMessageStartingWith("No role was created on the target, for role ")
                    .hasMessageContaining("permission denied to create role");
        }
        assertThat(fixture.target.value("postgres", "select count(*) from pg_roles where rolname = 'picker'"))
                .isEqualTo("0");
    }

    @Test
    @Order(2)
    void passwordsNobodyMayReadAreReported() {
        fixture.source.execute("postgres", "create role reader login password 'reader'");
        fixture.target.execute("postgres", "create role picker nologin");
        try (PostgresSession from = fixture.sessions.open(
                        CopyFixture.endpoint(fixture.source, new Login("reader", "reader")),
                        "postgres",
                        PostgresSessions.SHORT);
                PostgresSession to = fixture.onTargetMaintenance()) {
            RoleReport report = fixture.copy.copyRoles(from, to);

            assertThat(report.withoutPassword())
                    .containsExactlyInAnyOrder("Sign In", "Ware House", "no_password", "old_fashioned", "reader");
            assertThat(report.present()).containsExactlyInAnyOrder("picker", "upshift");
        }
        assertThat(fixture.target.value("postgres", "select rolcanlogin from pg_roles where rolname = 'picker'"))
                .as("roles that are there are left as they are")
                .isEqualTo("f");
        fixture.target.execute("postgres", """
                do $$ declare r name; begin
                    for r in select rolname from pg_roles where oid >= 16384 and rolname not in ('upshift', 'creator') loop
                        execute format('drop role %I', r);
                    end loop;
                end $$""");
        fixture.source.execute("postgres", "drop role reader");
    }

    @Test
    @Order(3)
    void rolesAreAlikeAndSignInWithTheirOldPasswords() {
        List<String> missing = missingRoles();
        RoleReport report = copyRoles();

        assertThat(report.created())
                .as("known before, so that whoever comes after a crash knows what to drop")
                .isEqualTo(missing);
        assertThat(report.created())
                .containsExactlyInAnyOrder(
                        "Sign In", "Ware House", "auditors \"all\"", "chief", "no_password", "old_fashioned", "picker");
        assertThat(report.withoutPassword())
                .as("roles that have no password are not roles whose password may not be read")
                .isEmpty();
        assertThat(report.different()).isEmpty();
        assertThat(fixture.target.rows("postgres", ROLES)).isEqualTo(fixture.source.rows("postgres", ROLES));
        assertThatCode(() -> signIn(fixture.target, "Sign In", "it's mine")).doesNotThrowAnyException();
        assertThatCode(() -> signIn(fixture.target, "Sign In", "wrong")).hasMessageContaining("authentication failed");
        assertThat(fixture.target.value(
                        "postgres",
                        "select count(*) from pg_stat_activity where query like '%SCRAM%' and pid <> pg_backend_pid()"))
                .isEqualTo("0");

        assertThat(missingRoles()).isEmpty();
        RoleReport again = copyRoles();
        assertThat(again.created()).isEmpty();
        assertThat(again.present()).containsAll(report.created());
        assertThat(fixture.target.rows("postgres", ROLES)).isEqualTo(fixture.source.rows("postgres", ROLES));
    }

    @Test
    @Order(4)
    void rolesThatWereThereAndDifferAreNamed() {
        fixture.source.execute("postgres", """
                create role dupe login password 'one' in role picker;
                alter role dupe set work_mem = '9MB'""");
        fixture.target.execute("postgres", "create role dupe nologin password 'two'");
        try {
            assertThat(copyRoles().different()).containsExactly("dupe (password, login, settings, memberships)");
        } finally {
            fixture.source.execute("postgres", "drop role dupe");
            fixture.target.execute("postgres", "drop role dupe");
        }
    }

    @Test
    @Order(4)
    void databaseIsLikeTheSources() {
        copyRoles();
        try (PostgresSession from = fixture.onSource();
                PostgresSession to = fixture.onTargetMaintenance()) {
            assertThat(fixture.copy.createDatabase(from, to)).isTrue();
            assertThat(fixture.target.rows("postgres", DATABASE)).isEqualTo(fixture.source.rows("postgres", DATABASE));
            assertThat(fixture.target.value(
                            "postgres",
                            "select count(*) from pg_db_role_setting, unnest(setconfig) s"
                                    + " where s = 'default_transaction_read_only=on' and setrole = 0"))
                    .isEqualTo("0");

            fixture.target.execute("postgres", "alter database warehouse connection limit 3");
            assertThat(fixture.copy.createDatabase(from, to)).isFalse();
            assertThat(fixture.target.value(
                            "postgres", "select datconnlimit from pg_database where datname = 'warehouse'"))
                    .isEqualTo("3");
        }
    }

    @Test
    @Order(5)
    void databaseThatCannotBeFinishedDoesNotStay() {
        fixture.target.execute("postgres", "drop role if exists picker");
        try (PostgresSession from = fixture.onSource();
                PostgresSession to = fixture.onTargetMaintenance()) {
            assertThatThrownBy(() -> fixture.copy.createDatabase(from, to))
                    .isInstanceOf(SchemaCopyFailed.class)
                    .hasMessageContaining("role \"picker\" does not exist");
        }
        assertThat(fixture.target.value("postgres", "select count(*) from pg_database where datname = 'warehouse'"))
                .isEqualTo("0");
    }

    private static List<String> missingRoles() {
        try (PostgresSession from = fixture.onSource();
                PostgresSession to = fixture.onTargetMaintenance()) {
            return fixture.copy.missingRoles(from, to);
        }
    }

    private static RoleReport copyRoles() {
        try (PostgresSession from = fixture.onSource();
                PostgresSession to = fixture.onTargetMaintenance()) {
            return fixture.copy.copyRoles(from, to);
        }
    }

    private static void signIn(PostgresCluster cluster, String user, String password) throws Exception {
        cluster.connect("postgres", new Login(user, password)).close();
    }
}
