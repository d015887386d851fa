package dev.upshift.project.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.ApplicationTest;
import dev.upshift.PretendServers;
import dev.upshift.project.Projects;
import dev.upshift.shared.PoolerAddress.ApplicationLogin;
import dev.upshift.shared.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** A login of the application's per pooler: kept encrypted, never shown, kept by its user and address. */
@ApplicationTest
@WithMockUser("mara")
class ApplicationLoginApiTests {

    private static final String LOGIN = """
            , "application": {"username": "app", "password": "s3cret-app"}""";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private Projects projects;

    @Autowired
    private PretendServers servers;

    @Autowired
    private JdbcClient database;

    @BeforeEach
    void registered() {
        servers.forgetProjects();
        assertThat(post("10.0.0.7", LOGIN)).hasStatus(HttpStatus.CREATED);
    }

    @Test
    void isKeptEncryptedAndNeverShown() throws Exception {
        assertThat(application()).isEqualTo(new ApplicationLogin("app", new Secret("s3cret-app")));
        assertThat(new String(
                        database.sql("select application_password from project_pooler")
                                .query(byte[].class)
                                .single(),
                        java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("s3cret");
        String shown =
                mvc.get().uri("/api/v1/projects/shop").exchange().getResponse().getContentAsString();
        assertThat(shown).contains("\"application\":{\"username\":\"app\"}").doesNotContain("s3cret");
        assertThat(projects.get("shop").toString()).doesNotContain("s3cret");
    }

    @Test
    void aBlankPasswordKeepsTheStoredOneOfTheSameUserAtTheSameAddressOnly() {
        assertThat(patch("10.0.0.7", ", \"application\": {\"username\": \"app\"}"))
                .hasStatusOk();
        assertThat(application()).isEqualTo(new ApplicationLogin("app", new Secret("s3cret-app")));

        assertThat(patch("10.0.0.7", ", \"application\": {\"username\": \"other\"}"))
                .as("it would be the password of somebody else")
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyText()
                .contains("poolers[0].application.password");
        assertThat(patch("10.0.0.66", ", \"application\": {\"username\": \"app\"}"))
                .as("a stored password is not sent to an address that somebody has named")
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyText()
                .contains("poolers[0].application.password");
        assertThat(application()).isEqualTo(new ApplicationLogin("app", new Secret("s3cret-app")));
    }

    @Test
    void itCanBeGivenUpAndWithoutAUserItIsNone() {
        assertThat(patch("10.0.0.7", ", \"application\": {\"password\": \"x\"}"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyText()
                .contains("poolers[0].application.username");

        assertThat(patch("10.0.0.7", "")).hasStatusOk();
        assertThat(application()).isNull();
        assertThat(projects.get("shop").poolers().getFirst().client().username())
                .isEqualTo("admin");
    }

    private @Nullable ApplicationLogin application() {
        return projects.get("shop").poolers().getFirst().application();
    }

    private MvcTestResult post(String host, String login) {
        return mvc.post()
                .uri("/api/v1/projects")
                .contentType(MediaType.APPLICATION_JSON)
                .content("""
                        { "slug": "shop", "name": "Shop",
                          "source": {"host": "10.0.0.5", "username": "upshift", "password": "s3cret-source"},
                          "target": {"host": "10.0.0.6", "username": "upshift", "password": "s3cret-target"},
                          "databases": ["shop"], %s }""".formatted(poolers(host, login)))
                .exchange();
    }

    private MvcTestResult patch(String host, String login) {
        return mvc.patch()
                .uri("/api/v1/projects/shop")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{" + poolers(host, login) + "}")
                .exchange();
    }

    private static String poolers(String host, String login) {
        return """
                "poolers": [{"name": "bouncer-a", "host": "%s", "port": 6432, "username": "admin",
                             "password": "s3cret-pooler",
                             "config": {"type": "file", "path": "/etc/pgbouncer/databases.ini"}%s}]""".formatted(host, login);
    }
}
