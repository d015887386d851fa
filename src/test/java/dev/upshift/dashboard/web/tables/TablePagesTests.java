package dev.upshift.dashboard.web.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.dashboard.preview.ScreensPreview;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** Tables, the comparison of tables, and the audit record. */
@SpringBootTest(classes = ScreensPreview.class)
@AutoConfigureMockMvc
@WithMockUser("mara")
class TablePagesTests {

    @Autowired
    private MockMvcTester mvc;

    @Test
    void manyTablesComePageByPage() {
        assertThat(mvc.get().uri("/projects/billing/tables"))
                .hasStatusOk()
                .bodyText()
                .contains("of <span>10\u202F240 tables</span>")
                .contains("rel=\"next\"")
                .doesNotContain("rel=\"prev\"");
    }

    @Test
    void aPageBehindTheLastIsTheLast() {
        assertThat(mvc.get().uri("/projects/billing/tables?page=99999"))
                .bodyText()
                .contains("rel=\"prev\"")
                .doesNotContain("rel=\"next\"");
    }

    @Test
    void aFilterStaysInTheRegionThatRefreshesItself() {
        assertThat(mvc.get()
                        .uri("/projects/billing/tables?state=error&name=Invoice Lines <&sort=size&descending=true")
                        .header("HX-Request", "true"))
                .bodyText()
                .startsWith("<div")
                .contains("Invoice Lines &lt;2019&gt; &quot;draft&quot;")
                .contains("duplicate key value")
                .contains("name=Invoice%20Lines%20%3C")
                .contains("aria-sort=\"descending\"");
    }

    @Test
    void nonsenseInTheAddressIsLeftOut() {
        assertThat(mvc.get().uri("/projects/billing/tables?state=lost&sort=colour&page=-3"))
                .hasStatusOk()
                .bodyText()
                .contains("aria-sort=\"ascending\"");
    }

    @Test
    void noTableIsNoError() {
        assertThat(mvc.get().uri("/projects/empty/tables")).bodyText().contains("No table is known yet.");
        assertThat(mvc.get().uri("/projects/shop/tables?name=zzz")).bodyText().contains("No table matches.");
    }

    @Test
    void tablesThatAreNotEqualComeFirstWithTheReason() {
        assertThat(mvc.get().uri("/projects/press/verify"))
                .hasStatusOk()
                .bodyText()
                .contains("3 of 20 tables not equal")
                .contains("press: 12 large objects (1.4 MB); press: 1 unlogged table: public.cache")
                .containsSubsequence("Audit &lt;Log&gt;", "The target lacks one row", ">equal<");
        assertThat(mvc.get().uri("/projects/shop/verify"))
                .bodyText()
                .contains("45 tables are equal on both sides")
                .doesNotContain("Left out");
        assertThat(mvc.get().uri("/projects/crm/verify")).bodyText().contains("Both sides have not been compared yet.");
    }

    @Test
    void theAuditRecordIsEscaped() {
        assertThat(mvc.get().uri("/projects/shop/audit"))
                .hasStatusOk()
                .bodyText()
                .contains("Run 2 (cutover) was started.")
                .contains("&lt;b&gt;was&lt;/b&gt;");
    }
}
