package dev.upshift.dashboard.web.settings;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import dev.upshift.dashboard.preview.PreviewProjects;
import dev.upshift.dashboard.preview.ScreensPreview;
import dev.upshift.project.Acceptance;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectSettings;
import dev.upshift.project.Setting;
import dev.upshift.project.Setting.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.web.util.HtmlUtils;

@SpringBootTest(classes = ScreensPreview.class)
@AutoConfigureMockMvc
@WithMockUser("mara")
class ProjectFormTests {

    private static final Map<String, String> SENSIBLE = Map.ofEntries(
            entry("slug", "books"),
            entry("name", "Books"),
            entry("source.host", "10.0.0.5"),
            entry("source.port", "5432"),
            entry("source.username", "upshift"),
            entry("source.password", "one"),
            entry("target.host", "10.0.0.6"),
            entry("target.port", "5432"),
            entry("target.username", "upshift"),
            entry("target.password", "two"),
            entry("target.peerHost", "db-new.internal"),
            entry("target.peerPort", "5433"),
            entry("databases[0]", "books"),
            entry("databases[1]", "loans"),
            entry("poolers[0].name", "bouncer-a"),
            entry("poolers[0].host", "10.0.0.7"),
            entry("poolers[0].port", "6432"),
            entry("poolers[0].username", "upshift"),
            entry("poolers[0].password", "three"),
            entry("poolers[0].config.type", "file"),
            entry("poolers[0].config.path", "/etc/pgbouncer/databases.ini"),
            entry("settings.lagThresholdBytes", "1 MiB"),
            entry("settings.pauseBudget", "5 s"),
            entry("settings.pauseAttempts", "3"),
            entry("settings.sequenceMargin", "1000"),
            entry("settings.longTransactionLimit", "10 s"),
            entry("settings.hardFence", "true"),
            entry("settings.copyJobs", "2"),
            entry("settings.rehearsalRequired", "true"),
            entry("settings.rehearsalMaxAge", "3 h"),
            entry("settings.accepted.not-carried", "true"));

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private PreviewProjects projects;

    private final MockHttpSession session = new MockHttpSession();

    @Test
    void aFilledFormBecomesADraft() {
        assertThat(send("/projects")).hasStatus(HttpStatus.FOUND).hasRedirectedUrl("/projects/shop");

        ProjectDraft draft = projects.drafts().getFirst();
        assertThat(draft.slug()).isEqualTo("books");
        assertThat(draft.source().endpoint().address()).isEqualTo("10.0.0.5:5432");
        assertThat(draft.source().endpoint().password().reveal()).isEqualTo("one");
        assertThat(draft.target().peerPort()).isEqualTo(5433);
        assertThat(draft.source().peerHost()).isNull();
        assertThat(draft.databases()).containsExactly("books", "loans");
        assertThat(draft.poolers()).singleElement().satisfies(pooler -> {
            assertThat(pooler.console().password().reveal()).isEqualTo("three");
            assertThat(pooler.configuration().path()).isEqualTo("/etc/pgbouncer/databases.ini");
        });
        assertThat(draft.settings().pauseBudget()).isEqualTo(Duration.ofSeconds(5));
        assertThat(draft.settings().lagThresholdBytes()).isEqualTo(1_048_576);
        assertThat(draft.settings().hardFence()).isTrue();
        assertThat(draft.settings().binaryCopy()).isFalse();
        assertThat(draft.settings().rehearsalRequired()).isTrue();
        assertThat(draft.settings().rehearsalMaxAge()).isEqualTo(Duration.ofHours(3));
        assertThat(draft.settings().accepted()).containsExactly(Acceptance.NOT_CARRIED);
    }

    @Test
    void whatIsWrongStandsBesideItsFieldAndNoPasswordIsShown() {
        assertThat(send("/projects", "source.host", "nowhere"))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyText()
                .contains("The host nowhere is not known.")
                .contains("href=\"#source.host\"")
                .containsPattern("id=\"source.host\"[^>]*aria-invalid=\"true\"")
                .contains("kept as typed")
                .doesNotContain("value=\"one\"")
                .doesNotContain("value=\"three\"");
    }

    @Test
    void passwordsNeedNotBeTypedAgainAfterAMistake() {
        assertThat(send("/projects", "source.host", "nowhere")).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);

        assertThat(send("/projects", "source.password", "", "target.password", "", "poolers[0].password", ""))
                .hasStatus(HttpStatus.FOUND);

        ProjectDraft draft = projects.drafts().getFirst();
        assertThat(draft.source().endpoint().password().reveal()).isEqualTo("one");
        assertThat(draft.poolers().getFirst().console().password().reveal()).isEqualTo("three");
    }

    @Test
    void aLoginOfTheApplicationIsReadAndItsPasswordNeitherShownNorTypedAgain() {
        String user = "poolers[0].application.username";
        String password = "poolers[0].application.password";
        assertThat(send("/projects", "source.host", "nowhere", user, "app", password, "four"))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyText()
                .contains("value=\"app\"")
                .doesNotContain("value=\"four\"");
        assertThat(send("/projects", "poolers[0].password", "", user, "app", password, ""))
                .hasStatus(HttpStatus.FOUND);

        assertThat(projects.drafts().getFirst().poolers().getFirst()).satisfies(pooler -> {
            assertThat(pooler.client().username()).isEqualTo("app");
            assertThat(pooler.client().password().reveal()).isEqualTo("four");
            assertThat(pooler.console().username()).isEqualTo("upshift");
            assertThat(pooler.console().password().reveal()).isEqualTo("three");
        });
    }

    @Test
    void numbersThatAreNoneAreToldBeforeAnythingIsTried() {
        int before = projects.drafts().size();

        assertThat(send("/projects", "source.port", "many", "settings.pauseBudget", "soon"))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyText()
                .contains("The port has to be a whole number.")
                .contains("The pause budget is no duration.");
        assertThat(projects.drafts()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            source.port                    | ''     | The port has to be a whole number.
            source.port                    | 0x1538 | The port has to be a whole number.
            target.peerPort                | near   | The peer port has to be a whole number.
            source.sslMode                 | some   | The TLS mode is none of disable, allow, prefer, require, verify-ca, verify-full.
            settings.lagThresholdBytes     | much   | The lag threshold is no size. Write it like 1 MiB, 500 kB or 1048576.
            settings.pauseBudget           | ''     | The pause budget is no duration. Write it like 5 s, 500 ms or 2 min.
            settings.longTransactionLimit  | long   | The long transaction limit is no duration. Write it like 5 s, 500 ms or 2 min.
            settings.rehearsalMaxAge       | 1 week | The maximal age of a rehearsal is no duration. Write it like 5 s, 500 ms or 2 min.
            settings.pauseAttempts         | ''     | The number of pause attempts has to be a whole number.
            settings.copyJobs              | 2.5    | The number of copy jobs has to be a whole number.
            """)
    void whatCannotBeReadIsToldAtItsFieldAndStays(String field, String typed, String sentence) {
        assertThat(send("/projects", field, typed))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyText()
                .contains(sentence)
                .contains("href=\"#" + field + "\"")
                .containsPattern(
                        field.endsWith("sslMode")
                                ? "id=\"source.sslMode\""
                                : "id=\"" + field + "\"[^>]*value=\"" + typed + "\"[^>]*aria-invalid=\"true\"");
    }

    @Test
    void eachSettingHasItsFieldFilledWithTheDefaultAndItsHelp() throws Exception {
        String page = mvc.get().uri("/projects/new").exchange().getResponse().getContentAsString();

        assertThat(Setting.all())
                .filteredOn(setting -> setting.kind() != Kind.NAMES)
                .hasSizeGreaterThan(9)
                .allSatisfy(setting -> {
                    String text = setting.text(ProjectSettings.DEFAULTS);
                    assertThat(page)
                            .containsPattern("<label for=\"%s\">%s</label>".formatted(setting.field(), setting.label()))
                            .contains(HtmlUtils.htmlEscape(setting.help()))
                            .containsPattern("id=\"%1$s\" name=\"%1$s\"[^>]*value=\"%2$s\""
                                    .formatted(setting.field(), setting.kind() == Kind.SWITCH ? "true" : text));
                });
        assertThat(Acceptance.values())
                .allSatisfy(one -> assertThat(page)
                        .contains("name=\"settings.accepted." + one.id() + "\"")
                        .contains("Accepted: " + one.title()));
    }

    @Test
    void whatWasTypedStaysAsItWasTyped() {
        assertThat(send(
                        "/projects",
                        "source.host",
                        "nowhere",
                        "settings.pauseBudget",
                        "0.5 min",
                        "settings.accepted.schema-drift",
                        "true"))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyText()
                .containsPattern("id=\"settings.pauseBudget\"[^>]*value=\"0.5 min\"")
                .containsPattern("id=\"settings.accepted.schema-drift\"[^>]*checked")
                .doesNotContainPattern("id=\"settings.binaryCopy\"[^>]*checked");
    }

    @Test
    void aProblemWithoutAFieldIsToldAboveTheForm() {
        assertThat(send("/projects", "slug", "strange"))
                .bodyText()
                .contains("Something without a field of its own is wrong.");
    }

    @Test
    void rowsComeAndGoWithoutScripts() {
        assertThat(send("/projects", "action", "add poolers"))
                .hasStatusOk()
                .bodyText()
                .contains("name=\"poolers[1].host\"")
                .contains("value=\"books\"");
        assertThat(send("/projects", "action", "remove databases 0"))
                .hasStatusOk()
                .bodyText()
                .containsPattern("name=\"databases\\[0]\"[^>]*value=\"loans\"")
                .doesNotContain("name=\"databases[1]\"");
    }

    /** The script puts a number for the word: both have to mean the same one. */
    @Test
    void rowsThatAScriptAddsGetANumber() {
        assertThat(mvc.get().uri("/projects/new"))
                .hasStatusOk()
                .bodyText()
                .containsPattern("(?s)<template>.*name=\"databases\\[new]\".*</template>")
                .containsPattern("(?s)<template>.*name=\"poolers\\[new]\\.application\\.password\".*</template>");
        assertThat(Path.of("frontend", "src", "parts", "rows.js")).content().contains("/\\[(\\d+|new)\\]/");
    }

    @Test
    void aRowThatWouldBeForgottenIsRefused() {
        int before = projects.drafts().size();

        for (String row : List.of("new", "index", "100", "1000", "")) {
            assertThat(send("/projects", "poolers[" + row + "].host", "10.0.0.8"))
                    .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                    .bodyText()
                    .contains("Not every database or pooler that was typed has arrived.");
        }
        assertThat(projects.drafts()).hasSize(before);
    }

    @Test
    void aCorrectedNameOrAddressOfAPoolerKeepsItsPassword() {
        for (String corrected : List.of("poolers[0].name", "poolers[0].host")) {
            assertThat(send("/projects", "source.host", "nowhere", corrected, "mistyped"))
                    .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);

            assertThat(send("/projects", "poolers[0].password", "")).hasStatus(HttpStatus.FOUND);
        }
    }

    /** Two rows with one address are such a mistake: neither may get the other one's password. */
    @Test
    void passwordsOfPoolersThatShareAnAddressByMistakeAreNotTakenForEachOthers() {
        assertThat(send("/projects", second("source.host", "nowhere", "poolers[1].port", "6432")))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);

        assertThat(send("/projects", second("poolers[0].password", "", "poolers[1].password", "")))
                .hasStatus(HttpStatus.FOUND);

        assertThat(projects.drafts().getFirst().poolers())
                .extracting(pooler -> pooler.console().password().reveal())
                .containsExactly("three", "four");
    }

    private static String[] second(String... changes) {
        return Stream.concat(
                        Stream.of(
                                "poolers[1].name", "bouncer-b",
                                "poolers[1].host", "10.0.0.7",
                                "poolers[1].port", "6433",
                                "poolers[1].username", "upshift",
                                "poolers[1].password", "four",
                                "poolers[1].config.type", "file",
                                "poolers[1].config.path", "/etc/pgbouncer/b.ini"),
                        Stream.of(changes))
                .toArray(String[]::new);
    }

    @Test
    void aLoginOfTheApplicationThatIsTakenBackLeavesNoPasswordBehind() {
        String user = "poolers[0].application.username";
        String password = "poolers[0].application.password";
        assertThat(send("/projects", "source.host", "nowhere", user, "app", password, "four"))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);

        assertThat(send("/projects", user, "", password, "")).hasStatus(HttpStatus.FOUND);

        assertThat(projects.drafts().getFirst().poolers().getFirst().application())
                .isNull();
    }

    @Test
    void theOnlyStoreIsNotAskedFor() {
        assertThat(mvc.get().uri("/projects/new"))
                .bodyText()
                .contains("Configuration file")
                .containsPattern("<input[^>]*name=\"poolers\\[0]\\.config\\.type\"[^>]*value=\"file\"");
    }

    @Test
    void theSummaryOfProblemsSaysWhereEachIs() {
        assertThat(send("/projects", "source.port", "many", "poolers[0].port", "some"))
                .bodyText()
                .contains(">Source: The port has to be a whole number.</a>")
                .contains(">Pooler 1: The port has to be a whole number.</a>");
    }

    @Test
    void noPasswordIsCalledStoredWhereNoneCanBe() {
        assertThat(mvc.get().uri("/projects/billing/settings"))
                .bodyText()
                .containsPattern("id=\"poolers\\[0]\\.password\"[^>]*placeholder=\"stored\"")
                .doesNotContainPattern("id=\"poolers\\[0]\\.application\\.password\"[^>]*placeholder")
                .doesNotContainPattern("id=\"poolers\\[new]\\.password\"[^>]*placeholder");
    }

    @Test
    void settingsShowWhatIsStoredButNoSecret() {
        assertThat(mvc.get().uri("/projects/billing/settings"))
                .hasStatusOk()
                .bodyText()
                .contains("db-old.billing.internal.example.com")
                .contains("value=\"1 MiB\"")
                .contains("name=\"poolers[2].config.path\"")
                .doesNotContain("-secret");
    }

    @Test
    void savedSettingsSaySo() {
        assertThat(send("/projects/shop/settings"))
                .hasStatus(HttpStatus.FOUND)
                .hasRedirectedUrl("/projects/shop/settings")
                .flash()
                .containsKey("saved");
    }

    @Test
    void aProjectIsRemovedOnlyByItsName() {
        assertThat(post("/projects/crm/remove").param("confirmation", "shop"))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyText()
                .contains("nothing was removed");
        assertThat(projects.removed()).doesNotContain("crm");

        assertThat(post("/projects/crm/remove").param("confirmation", "crm")).hasRedirectedUrl("/projects");
        assertThat(projects.removed()).contains("crm");
    }

    @Test
    void whyAProjectCannotBeRemovedIsSaid() {
        assertThat(post("/projects/shop/remove").param("confirmation", "shop")).hasStatus(HttpStatus.CONFLICT);
    }

    @Test
    void withoutItsTokenAFormIsRefused() {
        assertThat(mvc.post().uri("/projects")).hasStatus(HttpStatus.FORBIDDEN);
    }

    private MockMvcRequestBuilder post(String path) {
        return mvc.post().uri(path).with(csrf()).session(session);
    }

    /** Sends the form, filled sensibly but for some fields: names and values in turn. */
    private MockMvcRequestBuilder send(String path, String... changes) {
        Map<String, String> values = new LinkedHashMap<>();
        Setting.all().stream()
                .filter(setting -> setting.kind() != Kind.SWITCH && setting.kind() != Kind.NAMES)
                .forEach(setting -> values.put(setting.field(), setting.text(ProjectSettings.DEFAULTS)));
        values.putAll(SENSIBLE);
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i], changes[i + 1]);
        }
        MockMvcRequestBuilder form = post(path);
        values.forEach(form::param);
        return form;
    }
}
