package dev.upshift.postgres.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionStringTests {

    @Test
    void quotesEveryValue() {
        ConnectionString text = new ConnectionString(
                new Endpoint("db old", 5433, "o'hara", new Secret("p'w\\ x"), SslMode.VERIFY_FULL), "Größe 'n co");

        assertThat(text.reveal())
                .startsWith("host='db old' port='5433' dbname='Größe \\'n co' user='o\\'hara' password='p\\'w\\\\ x'"
                        + " sslmode='verify-full' connect_timeout='5'")
                .contains("keepalives='1'")
                .contains("options='-c statement_timeout=0 ")
                .doesNotContain("application_name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "p'w\\ x", "$1 \\\\ (a|b)*"})
    void blotsThePasswordOutInEveryForm(String password) {
        ConnectionString text =
                new ConnectionString(new Endpoint("h", 1, "u", new Secret(password), SslMode.PREFER), "d");

        String inCommand = "create subscription s connection '" + text.reveal().replace("'", "''") + "'";

        assertThat(text.scrub("missing \"=\" after \"" + password + "\" in connection info string"))
                .isEqualTo("missing \"=\" after \"••••\" in connection info string");
        assertThat(text.scrub(text.reveal())).contains("password='••••'");
        assertThat(text.scrub(inCommand)).contains("password=''••••''");
    }

    @Test
    void leavesTextAloneWhereThereIsNoPassword() {
        ConnectionString text = new ConnectionString(new Endpoint("h", 1, "u", new Secret(""), SslMode.PREFER), "d");

        assertThat(text.scrub("untouched")).isEqualTo("untouched");
    }

    @Test
    void printsWithoutThePassword() {
        assertThat(new ConnectionString(new Endpoint("h", 1, "u", new Secret("hidden"), SslMode.PREFER), "d"))
                .hasToString("u@h:1/d");
    }
}
