package dev.upshift.dashboard.web.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import dev.upshift.dashboard.preview.PreviewProcedures;
import dev.upshift.dashboard.preview.PreviewProcedures.Order;
import dev.upshift.dashboard.preview.ScreensPreview;
import dev.upshift.engine.ProcedureName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@SpringBootTest(classes = ScreensPreview.class)
@AutoConfigureMockMvc
@WithMockUser("mara")
class PlanPageTests {

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private PreviewProcedures procedures;

    @ParameterizedTest
    @EnumSource(value = ProcedureName.class, mode = EnumSource.Mode.EXCLUDE, names = "REHEARSE")
    void everyProcedureHasAPage(ProcedureName procedure) {
        assertThat(mvc.get().uri("/projects/shop/procedures/" + procedure.word()))
                .hasStatusOk()
                .bodyText()
                .contains(Wording.of(procedure).headline())
                .contains("name=\"planVersion\"");
    }

    @Test
    void aCutoverShowsItsWindowItsDifferencesAndAsksForTheName() {
        assertThat(mvc.get().uri("/projects/shop/procedures/cutover"))
                .bodyText()
                .contains("Clients are held here")
                .contains("The point of no return.")
                .contains("<ins>+shop = host=db-new.internal")
                .contains("data-confirm=\"shop\"")
                .contains("Cut over now");
    }

    @Test
    void whatIsLeftOnASideThatIsGoneStandsThereAndOtherWordsAreAskedFor() {
        assertThat(mvc.get().uri("/projects/orders/procedures/finish"))
                .bodyText()
                .contains("Without the source")
                .contains("The source at db-old.internal:5432 stays as it is.")
                .contains("in orders subscription upshift_orders_orders_4f1c22_reverse")
                .contains("DROP SCHEMA IF EXISTS upshift CASCADE; COMMIT;</pre>")
                .contains("To lift the fence on <b>orders</b> as well, in another database of the <span>source</span>:")
                .contains("RESET default_transaction_read_only; COMMIT;</pre>")
                .contains("it is still fenced")
                .contains("data-confirm=\"orders without source\"");
        assertThat(mvc.get().uri("/projects/orders/procedures/rollback"))
                .bodyText()
                .doesNotContain("Without the source")
                .contains("data-confirm=\"orders\"");
        assertThat(mvc.post()
                        .uri("/projects/orders/procedures/finish")
                        .with(csrf())
                        .param("planVersion", "9f3c51a2b7e04d6688c1f0a9d2e3b4c5")
                        .param("confirmation", "orders without source"))
                .hasStatus(HttpStatus.FOUND);
    }

    @Test
    void everyStepShowsWordForWordWhatItWouldTellWhom() {
        assertThat(mvc.get().uri("/projects/shop/procedures/cutover"))
                .bodyText()
                .contains("2 actions, word for word")
                .contains("PAUSE &quot;shop&quot;</pre>")
                .contains("981 actions, word for word")
                .contains("980 more</p>")
                .contains(", several times")
                .contains(", only if some did")
                .contains("Not known to the end: the target did not answer.")
                .contains("with nothing changed anywhere");
    }

    @Test
    void aSwitchNamesTheClientsThatPoolersDoNotHold() {
        assertThat(mvc.get().uri("/projects/shop/procedures/cutover"))
                .bodyText()
                .contains("Clients that come without a pooler")
                .contains("nightly export")
                .contains("10.0.7.21");
        assertThat(mvc.get().uri("/projects/warehouse/procedures/cutover"))
                .bodyText()
                .contains("None was seen.");
    }

    @Test
    void theLastRehearsalStandsBesideTheCutover() {
        assertThat(mvc.get().uri("/projects/shop/procedures/cutover"))
                .bodyText()
                .contains("Last rehearsal")
                .contains("The plan is still the one that was rehearsed")
                .contains("PAUSE, until the last transaction ended")
                .contains("an allowance until this project was switched once")
                .contains("nightly report");
        assertThat(mvc.get().uri("/projects/press/procedures/cutover"))
                .bodyText()
                .contains("Rehearse first");
    }

    @Test
    void aRehearsalHasAPageOfItsOwnThatStartsNothingElse() {
        assertThat(mvc.get().uri("/projects/shop/rehearsal"))
                .hasStatusOk()
                .bodyText()
                .contains("class=\"is-rehearsal\"")
                .contains("nothing is moved")
                .contains("data-confirm=\"rehearse shop\"")
                .contains("Start the rehearsal")
                .contains("nightly export")
                .doesNotContain("Cut over now")
                .doesNotContain("is-danger")
                .doesNotContain("is-switch");
        assertThat(mvc.post()
                        .uri("/projects/shop/rehearsal")
                        .with(csrf())
                        .param("procedure", "cutover")
                        .param("planVersion", "9f3c51a2b7e04d6688c1f0a9d2e3b4c5")
                        .param("confirmation", " rehearse shop "))
                .hasStatus(HttpStatus.FOUND);
        assertThat(procedures.orders().getFirst())
                .isEqualTo(new Order("shop", "rehearse", "9f3c51a2b7e04d6688c1f0a9d2e3b4c5", "rehearse shop"));
        assertThat(mvc.post()
                        .uri("/projects/shop/rehearsal")
                        .with(csrf())
                        .param("planVersion", "9f3c51a2b7e04d6688c1f0a9d2e3b4c5")
                        .param("confirmation", "shop"))
                .hasStatus(HttpStatus.CONFLICT)
                .bodyText()
                .contains("Not started; nothing was changed");
    }

    @Test
    void theOtherPagesStartNoRehearsal() {
        assertThat(mvc.get().uri("/projects/shop/procedures/rehearse")).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(mvc.post()
                        .uri("/projects/shop/procedures/rehearse")
                        .with(csrf())
                        .param("confirmation", "rehearse shop"))
                .hasStatus(HttpStatus.NOT_FOUND);
    }

    @Test
    void copyingTheSchemaAsksForNothing() {
        assertThat(mvc.get().uri("/projects/crm/procedures/copy-schema"))
                .bodyText()
                .contains("Copy the schema")
                .doesNotContain("name=\"confirmation\"");
    }

    @Test
    void aBlockedPlanHasReasonsAndNoButton() {
        assertThat(mvc.get().uri("/projects/warehouse/procedures/cutover"))
                .bodyText()
                .contains("2 of 9 block it")
                .contains("The apply worker of shop does not run")
                .containsPattern("href=\"/docs/checks/([a-z-]+)\">What <code>\\1</code> means, and how to mend it</a>")
                .contains("This cannot be started now")
                .doesNotContain("Cut over now");
    }

    @Test
    void theTypedNameAndTheVersionReachTheEngine() {
        assertThat(mvc.post()
                        .uri("/projects/shop/procedures/cutover")
                        .with(csrf())
                        .param("planVersion", "9f3c51a2b7e04d6688c1f0a9d2e3b4c5")
                        .param("confirmation", " shop "))
                .hasStatus(HttpStatus.FOUND)
                .hasRedirectedUrl("/projects/shop/runs/4");
        assertThat(procedures.orders().getFirst())
                .isEqualTo(new Order("shop", "cutover", "9f3c51a2b7e04d6688c1f0a9d2e3b4c5", "shop"));
    }

    @Test
    void aRefusalIsTold() {
        assertThat(mvc.post()
                        .uri("/projects/shop/procedures/cutover")
                        .with(csrf())
                        .param("planVersion", "0000")
                        .param("confirmation", "shop"))
                .hasStatus(HttpStatus.CONFLICT)
                .bodyText()
                .contains("Not started; nothing was changed")
                .contains("The plan has changed since it was shown");
    }

    @Test
    void aProcedureThatDoesNotExistIsNotFound() {
        assertThat(mvc.get().uri("/projects/shop/procedures/explode")).hasStatus(HttpStatus.NOT_FOUND);
    }
}
