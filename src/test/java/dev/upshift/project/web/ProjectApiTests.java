package dev.upshift.project.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.ApplicationTest;
import dev.upshift.PretendServers;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.Phase;
import dev.upshift.project.Projects;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@ApplicationTest
@WithMockUser("mara")
@ExtendWith(OutputCaptureExtension.class)
class ProjectApiTests {

    /** The example of the API's description. */
    private static final String SHOP = """
            { "slug": "shop", "name": "Shop 13 → 17",
              "source": {"host": "10.0.0.5", "port": 5432, "username": "upshift", "password": "s3cret-source",
                         "sslMode": "verify-full", "peerHost": "db-old.internal", "peerPort": 5433},
              "target": {"host": "10.0.0.6", "port": 5432, "username": "upshift", "password": "s3cret-target"},
              "databases": ["shop"],
              "poolers": [{"name": "bouncer-a", "host": "10.0.0.7", "port": 6432, "username": "upshift",
                           "password": "s3cret-pooler",
                           "config": {"type": "file", "path": "/etc/pgbouncer/databases.ini"}}],
              "settings": {"lagThresholdBytes": 4096, "pauseBudget": "PT2.5S", "sequenceMargin": 500,
                           "hardFence": true} }""";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private Projects projects;

    @Autowired
    private PretendServers servers;

    @BeforeEach
    void noProjects() {
        servers.forgetProjects();
    }

    @Test
    void registersAProject() {
        assertThat(post(SHOP))
                .hasStatus(HttpStatus.CREATED)
                .hasHeader("Location", "/api/v1/projects/shop")
                .bodyJson()
                .isLenientlyEqualTo("""
                        { "slug": "shop", "name": "Shop 13 → 17",
                          "source": {"host": "10.0.0.5", "port": 5432, "username": "upshift", "sslMode": "verify-full",
                                     "peerHost": "db-old.internal", "peerPort": 5433, "majorVersion": 13},
                          "target": {"host": "10.0.0.6", "port": 5432, "username": "upshift", "sslMode": "prefer",
                                     "peerHost": null, "peerPort": null, "majorVersion": 17},
                          "databases": ["shop"],
                          "poolers": [{"name": "bouncer-a", "host": "10.0.0.7", "port": 6432, "username": "upshift",
                                       "config": {"type": "file", "path": "/etc/pgbouncer/databases.ini"}}],
                          "settings": {"lagThresholdBytes": 4096, "pauseBudget": "PT2.5S", "pauseAttempts": 3,
                                       "sequenceMargin": 500, "longTransactionLimit": "PT10S", "hardFence": true,
                                       "copyJobs": 2, "binaryCopy": false,
                                       "rehearsalRequired": false, "rehearsalMaxAge": "PT24H", "accepted": []},
                          "phase": "DRAFT", "servingSide": "SOURCE" }""");

        assertThat(projects.get("shop").source().endpoint().password()).isEqualTo(new Secret("s3cret-source"));
    }

    @Test
    void listsProjectsByName() {
        post(SHOP);
        post(SHOP.replace("\"shop\", \"name\": \"Shop", "\"another\", \"name\": \"Another"));

        assertThat(mvc.get().uri("/api/v1/projects"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items[*].slug")
                .asArray()
                .containsExactly("another", "shop");
    }

    @Test
    void showsNoSecretInAnyAnswerNorInTheLog(CapturedOutput output) throws Exception {
        String registered = post(SHOP).getResponse().getContentAsString();
        String shown =
                mvc.get().uri("/api/v1/projects/shop").exchange().getResponse().getContentAsString();
        String listed =
                mvc.get().uri("/api/v1/projects").exchange().getResponse().getContentAsString();
        String changed = patch("""
                        {"source": {"password": "s3cret-changed"}}""").getResponse().getContentAsString();
        String refused = post(SHOP.replace("\"s3cret-target\"", "[\"s3cret-list\"]"))
                .getResponse()
                .getContentAsString();
        String unreadable = post(SHOP.replace("}],", "")).getResponse().getContentAsString();

        assertThat(registered + shown + listed + changed + refused + unreadable + output)
                .contains("10.0.0.5")
                .doesNotContain("s3cret")
                .doesNotContain("password\":");
        assertThat(projects.get("shop").toString()).doesNotContain("s3cret");
    }

    @Test
    void tellsEveryProblemAtOnceAndTriesNoServer() {
        assertThat(post("""
                        { "slug": "Shop!", "source": {"host": "a b", "port": 0},
                          "poolers": [{"name": "x", "host": "h"}, {"name": "x", "host": "h"}],
                          "databases": ["template1", ""],
                          "settings": {"pauseBudget": "PT61S", "sequenceMargin": 0} }"""))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("$.errors[*].field")
                .asArray()
                .contains(
                        "slug",
                        "name",
                        "source.host",
                        "source.port",
                        "source.username",
                        "source.password",
                        "target.host",
                        "databases[0]",
                        "databases[1]",
                        "poolers[0].username",
                        "poolers[0].config.type",
                        "poolers[1].name",
                        "poolers[1].host",
                        "settings.pauseBudget",
                        "settings.sequenceMargin");
        assertThat(servers.asked()).isEmpty();
    }

    @Test
    void tellsWhatTheServersSaid() {
        servers.complain(new FieldProblem("target.host", "10.0.0.6:5432 refused the connection. Is it running?"));

        assertThat(post(SHOP)).hasStatus(HttpStatus.BAD_REQUEST).bodyJson().isLenientlyEqualTo("""
                        { "type": "urn:upshift:invalid-project", "status": 400,
                          "detail": "10.0.0.6:5432 refused the connection. Is it running?",
                          "errors": [{"field": "target.host",
                                      "message": "10.0.0.6:5432 refused the connection. Is it running?"}] }""");
        assertThat(projects.bySlug("shop")).isEmpty();
    }

    @Test
    void refusesATakenSlug() {
        post(SHOP);

        assertThat(post(SHOP))
                .hasStatus(HttpStatus.CONFLICT)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("slug");
    }

    @Test
    void refusesUnknownFieldsByName() {
        assertThat(post(SHOP.replace("\"peerPort\"", "\"peerport\"")))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .isLenientlyEqualTo("""
                        { "status": 400,
                          "errors": [{"field": "source.peerport",
                                      "message": "There is no field peerport here; there are host, password, peerHost, peerPort, port, sslMode, username."}] }""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "port": 6432         | "port": "many"     | poolers[0].port       | a whole number
            "pauseBudget": "PT2.5S" | "pauseBudget": "fast" | settings.pauseBudget | such as "PT5S"
            "hardFence": true    | "hardFence": "so"  | settings.hardFence    | true or false
            "verify-full"        | "verify-all"       | source.sslMode        | verify-ca, verify-full
            ["shop"]             | "shop"             | databases             | a list
            """)
    void saysWhatAFieldOfTheWrongKindNeeds(String right, String wrong, String field, String message) {
        assertThat(post(SHOP.replace(right, wrong)))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .satisfies(body -> {
                    assertThat(body).extractingPath("$.errors[0].field").isEqualTo(field);
                    assertThat(body)
                            .extractingPath("$.errors[0].message")
                            .asString()
                            .contains(message);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "[]", "null", "{\"slug\": \"shop\"} trailing", "{'slug': 'shop'}"})
    void bodiesThatAreNoObjectGetAReadableAnswer(String body) {
        assertThat(post(body))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("$.detail")
                .asString()
                .doesNotContain("Exception")
                .doesNotContain("dev.upshift");
    }

    @Test
    void aPatchToAnotherAddressNeedsThePassword() {
        post(SHOP);

        assertThat(patch("{\"source\": {\"host\": \"10.6.6.6\"}}"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.errors[0].message")
                .isEqualTo("Enter the password of upshift: a stored one is kept only for the same addresses.");
    }

    @Test
    void aPatchMergesAndNullRemoves() {
        post(SHOP);

        assertThat(patch("""
                        { "name": "Renamed", "source": {"peerHost": null, "peerPort": null, "sslMode": "require"},
                          "settings": {"pauseBudget": "PT7S", "lagThresholdBytes": null} }""")).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                        { "name": "Renamed",
                          "source": {"host": "10.0.0.5", "port": 5432, "username": "upshift", "sslMode": "require",
                                     "peerHost": null, "peerPort": null},
                          "target": {"host": "10.0.0.6"},
                          "settings": {"pauseBudget": "PT7S", "lagThresholdBytes": 1048576, "sequenceMargin": 500} }""");
        assertThat(projects.get("shop").source().endpoint().password()).isEqualTo(new Secret("s3cret-source"));
    }

    @Test
    void aPatchReplacesListsAndKeepsPasswordsByName() {
        post(SHOP);

        assertThat(patch("""
                        { "poolers": [
                          {"name": "bouncer-b", "host": "10.0.0.8", "username": "upshift", "password": "s3cret-b",
                           "config": {"type": "file", "path": "/b.ini"}},
                          {"name": "bouncer-a", "host": "10.0.0.7", "username": "upshift", "password": "",
                           "config": {"type": "file", "path": "/a.ini"}} ] }""")).hasStatusOk();

        assertThat(projects.get("shop").poolers())
                .extracting(pooler -> pooler.console().password().reveal())
                .containsExactly("s3cret-b", "s3cret-pooler");
    }

    @Test
    void aPatchWithTheWrongKindOfValueIsRefusedLikeAPost() {
        post(SHOP);

        assertThat(patch("{\"phase\": \"FINISHED\"}"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("phase");
        assertThat(patch("{\"source\": {\"port\": \"x\"}}"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("source.port");
        assertThat(patch("[1]")).hasStatus(HttpStatus.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"settings": {"accepted": [null]}}                     | settings.accepted[0]
            {"settings": {"accepted": ["not-carried", null]}}      | settings.accepted[1]
            {"databases": [null]}                                  | databases[0]
            {"databases": ["shop", null]}                          | databases[1]
            {"poolers": [null]}                                    | poolers[0].name
            """)
    void aListWithNothingInAPlaceIsRefusedByThatPlace(String body, String field) {
        post(SHOP);

        assertThat(patch(body))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo(field);
        assertThat(patch(body))
                .bodyJson()
                .extractingPath("$.errors[0].message")
                .asString()
                .isNotBlank();
        assertThat(post(SHOP.replace("\"hardFence\": true", "\"accepted\": [null]")))
                .hasStatus(HttpStatus.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{\"source\": null}",
                "{\"databases\": null}",
                "{\"poolers\": null}",
                "{\"poolers\": [{\"name\": null, \"config\": null, \"application\": {\"username\": null}}]}",
                "{\"poolers\": [{\"name\": \"b\", \"host\": \"h\", \"config\": {\"type\": null, \"path\": null}}]}"
            })
    void aPatchThatLeavesTooLittleIsRefused(String body) {
        post(SHOP);

        assertThat(patch(body)).hasStatus(HttpStatus.BAD_REQUEST);
    }

    @Test
    void removesDraftsOnly() {
        post(SHOP);
        projects.transition("shop", Phase.SCHEMA_COPIED, Side.SOURCE);

        assertThat(mvc.delete().uri("/api/v1/projects/shop"))
                .hasStatus(HttpStatus.CONFLICT)
                .bodyJson()
                .extractingPath("$.detail")
                .asString()
                .contains("SCHEMA_COPIED");

        projects.transition("shop", Phase.ABANDONED, Side.SOURCE);
        assertThat(mvc.delete().uri("/api/v1/projects/shop")).hasStatus(HttpStatus.NO_CONTENT);
        assertThat(mvc.get().uri("/api/v1/projects/shop"))
                .hasStatus(HttpStatus.NOT_FOUND)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    private MvcTestResult post(String body) {
        return mvc.post()
                .uri("/api/v1/projects")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult patch(String body) {
        return mvc.patch()
                .uri("/api/v1/projects/shop")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
