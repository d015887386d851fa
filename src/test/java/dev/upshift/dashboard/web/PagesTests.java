package dev.upshift.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.dashboard.preview.ScreensPreview;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** Pages over projects in every state, the odd ones included. */
@SpringBootTest(classes = ScreensPreview.class)
@AutoConfigureMockMvc
@WithMockUser("mara")
class PagesTests {

    @Autowired
    private MockMvcTester mvc;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop",
                "billing",
                "orders",
                "ledger",
                "warehouse",
                "press",
                "crm",
                "intranet",
                "payments",
                "empty"
            })
    void everyProjectHasAnOverview(String slug) {
        assertThat(mvc.get().uri("/projects/" + slug)).hasStatusOk().hasViewName("project/overview");
    }

    @Test
    void namesAreEscaped() {
        assertThat(mvc.get().uri("/projects/crm"))
                .bodyText()
                .doesNotContain("<b>old</b>")
                .contains("CRM &quot;&lt;b&gt;old&lt;/b&gt;&quot; &amp; &#39;new&#39;");
    }

    @Test
    void theListShowsWhoNeedsAttentionFirst() {
        assertThat(mvc.get().uri("/projects"))
                .hasStatusOk()
                .bodyText()
                .containsSubsequence("General ledger", "Warehouse", "Billing", "Shop", "Intranet");
    }

    /** What was dropped with the links does not look as if it had never been copied. */
    @Test
    void ofAProjectThatIsOverNoTableSeemsToBeLeftBehind() {
        assertThat(mvc.get().uri("/projects/intranet")).bodyText().doesNotContain("Tables that take longest");
        assertThat(mvc.get().uri("/projects/intranet/tables"))
                .hasStatusOk()
                .bodyText()
                .contains("The project is over; its tables are no longer watched.")
                .doesNotContain("not ready yet");
        assertThat(mvc.get().uri("/projects"))
                .bodyText()
                .containsPattern("(?s)id=\"project-billing\".{0,2000}<b>[\\d\u202F]+</b> of")
                .doesNotContainPattern("(?s)id=\"project-intranet\".{0,2000}</b> of");
    }

    /** Only what is wrong is written in red. */
    @Test
    void whatElseIsWorthKnowingOfAnEqualTableIsNoError() {
        assertThat(mvc.get().uri("/projects/press/verify"))
                .hasStatusOk()
                .bodyText()
                .containsPattern("class=\"whole row-note\">Rows were written during the comparison")
                .containsPattern("class=\"whole row-error\">The target lacks one row");
    }

    @Test
    void theAuditTellsWhatASettingWasAndIs() {
        assertThat(mvc.get().uri("/projects/shop/audit"))
                .hasStatusOk()
                .bodyText()
                .contains("Source password changed; pause budget: 5 s → 8 s");
    }

    @Test
    void aRefreshBringsTheRegionOnly() {
        assertThat(mvc.get().uri("/projects/shop").header("HX-Request", "true"))
                .hasStatusOk()
                .bodyText()
                .startsWith("<div")
                .contains("id=\"live\"")
                .doesNotContain("<html");
        assertThat(mvc.get().uri("/projects").header("HX-Request", "true"))
                .bodyText()
                .startsWith("<div")
                .doesNotContain("<html");
    }

    @Test
    void aPageWithoutItsProjectSaysSo() {
        assertThat(mvc.get().uri("/projects/nowhere"))
                .hasStatus(HttpStatus.NOT_FOUND)
                .bodyText()
                .contains("There is no project nowhere");
    }

    @Test
    void secretsNeverReachAPage() {
        assertThat(mvc.get().uri("/projects/shop")).bodyText().doesNotContain("-secret");
    }

    @Test
    void theChartHasItsPointsItsMarksAndAText() {
        assertThat(mvc.get().uri("/projects/shop/chart?minutes=15"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.marks[0].label")
                .isEqualTo("Verify");
        assertThat(mvc.get().uri("/projects/crm/chart"))
                .bodyJson()
                .extractingPath("$.sentence")
                .asString()
                .startsWith("No lag was measured");
    }

    @Test
    void pagesCarryNoScriptAndNoStyleOfTheirOwn() {
        assertThat(mvc.get().uri("/projects/press"))
                .bodyText()
                .doesNotContain("style=")
                .doesNotContain("<style")
                .doesNotContain("onclick")
                .containsOnlyOnce("<script");
    }
}
