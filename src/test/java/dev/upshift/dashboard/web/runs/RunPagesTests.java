package dev.upshift.dashboard.web.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import dev.upshift.dashboard.preview.PreviewProcedures;
import dev.upshift.dashboard.preview.ScreensPreview;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@SpringBootTest(classes = ScreensPreview.class)
@AutoConfigureMockMvc
@WithMockUser("mara")
class RunPagesTests {

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private PreviewProcedures procedures;

    @Test
    void aRunThatHoldsClientsShowsItsClockAndCanBeAborted() {
        assertThat(mvc.get().uri("/projects/payments/runs/2"))
                .hasStatusOk()
                .bodyText()
                .contains("Clients are held here")
                .contains("data-held=\"1840\"")
                .contains("data-budget=\"5000\"")
                .contains("/projects/payments/runs/2/abort")
                .doesNotContain("Past the point of no return");
    }

    @Test
    void aSwitchThatIsDoneShowsItsPauseAndItsEvidence() {
        assertThat(mvc.get().uri("/projects/orders/runs/4"))
                .hasStatusOk()
                .bodyText()
                .contains("Clients were held")
                .contains("116\u202Fms")
                .contains("Before that they were held 1 time and let go again")
                .contains("Flushed on the other side up to (orders)")
                .contains("0/17D26A48")
                .doesNotContain("runs/4/abort")
                .doesNotContain("data-live");
    }

    @Test
    void aRehearsalIsFramedAsOneAndTellsWhatItMeasured() {
        assertThat(mvc.get().uri("/projects/shop/runs/4"))
                .hasStatusOk()
                .bodyText()
                .contains("class=\"is-rehearsal\"")
                .contains("nothing is moved")
                .contains("What was measured")
                .contains("Barrier, sequences read")
                .doesNotContain("point of no return");
    }

    @Test
    void aRunThatIsStuckPastThePivotCanOnlyGoOn() {
        assertThat(mvc.get().uri("/projects/ledger/runs/2"))
                .hasStatusOk()
                .bodyText()
                .contains("This run needs a person")
                .contains("Past the point of no return")
                .contains("/projects/ledger/runs/2/continue")
                .doesNotContain("runs/2/abort");
    }

    @Test
    void anAbortedRunSaysWhyAndWhatWasUndone() {
        assertThat(mvc.get().uri("/projects/press/runs/3"))
                .bodyText()
                .contains("Aborted; what it did is undone")
                .contains("bouncer-a had 2 transactions open")
                .contains("Undone: Create the slot of the way back.");
    }

    @Test
    void aLongRunShowsItsLastNotesOnly() {
        assertThat(mvc.get().uri("/projects/billing/runs/2").header("HX-Request", "true"))
                .bodyText()
                .startsWith("<div")
                .contains("… 35 earlier")
                .contains("7800 of 10\u202F240 tables are ready.")
                .doesNotContain("6800 of 10\u202F240 tables are ready.");
    }

    @Test
    void aRunThatNeverWasIsNotFound() {
        assertThat(mvc.get().uri("/projects/shop/runs/99"))
                .hasStatus(HttpStatus.NOT_FOUND)
                .bodyText()
                .contains("Project shop has no run 99.")
                .contains("href=\"/projects/shop\">Back to the project</a>");
    }

    @Test
    void abortAsksTheEngine() {
        assertThat(mvc.post().uri("/projects/payments/runs/2/abort").with(csrf()))
                .hasStatus(HttpStatus.FOUND)
                .hasRedirectedUrl("/projects/payments/runs/2");
        assertThat(procedures.orders().getFirst().what()).isEqualTo("abort");
    }

    @Test
    void aRefusalComesBackToThePage() {
        assertThat(mvc.post().uri("/projects/orders/runs/4/abort").with(csrf()))
                .hasRedirectedUrl("/projects/orders/runs/4")
                .flash()
                .containsKey("refused");
    }

    @Test
    void theListTellsOfEveryRun() {
        assertThat(mvc.get().uri("/projects/press/runs"))
                .hasStatusOk()
                .bodyText()
                .containsSubsequence("3 · Cut over", "2 · Roll back", "1 · Cut over");
        assertThat(mvc.get().uri("/projects/crm/runs")).bodyText().contains("Nothing has been done yet.");
    }
}
