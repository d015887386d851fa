package dev.upshift.switchover.internal.check.pooler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.role.PasswordLookups.Used;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthQueryTests {

    @Test
    void thePoolersOwnQueriesReadTheCatalogue() {
        assertThat(AuthQuery.of("SELECT usename, passwd FROM pg_shadow WHERE usename=$1")
                        .used())
                .containsExactly(new Used("", "pg_shadow", false));
        assertThat(AuthQuery.of("SELECT rolname, CASE WHEN rolvaliduntil < now() THEN NULL ELSE rolpassword END"
                                + " FROM pg_authid WHERE rolname=$1 AND rolcanlogin")
                        .used())
                .containsExactly(new Used("", "pg_authid", false));
    }

    @Test
    void functionsAreSeenWhereverTheyAreCalled() {
        assertThat(AuthQuery.of("select * from Pooler.lookup($1)").used())
                .containsExactly(new Used("pooler", "lookup", true));
        assertThat(AuthQuery.of("select uname, phash from user_lookup ( $1 )").used())
                .containsExactly(new Used("", "user_lookup", true));
        assertThat(AuthQuery.of("SELECT (\"Auth\".\"look\"\"up\"($1)).*").used())
                .containsExactly(new Used("Auth", "look\"up", true));
        assertThat(AuthQuery.of("select u, p from auth.users join auth.secrets using (id) where u = $1")
                        .used())
                .containsExactly(new Used("auth", "users", false), new Used("auth", "secrets", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "select 1",
                "select a, b from pg_shadow, pg_authid",
                "select * from other.auth.users",
                "select * from /* auth.users */ pg_shadow",
                "select 'x from pg_shadow'",
                "execute lookup($1)"
            })
    void anythingElseCannotBeTold(String query) {
        assertThat(AuthQuery.of(query).used()).isEmpty();
    }
}
