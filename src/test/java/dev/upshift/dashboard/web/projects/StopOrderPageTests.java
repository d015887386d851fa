package dev.upshift.dashboard.web.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import dev.upshift.dashboard.preview.PreviewStopSwitch;
import dev.upshift.dashboard.preview.ScreensPreview;
import dev.upshift.engine.StopSwitch;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@SpringBootTest(classes = ScreensPreview.class)
@AutoConfigureMockMvc
@WithMockUser("mara")
class StopOrderPageTests {

    private static final String BANNER = "<p><b>All runs are stopped</b></p>";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private PreviewStopSwitch stopSwitch;

    @AfterEach
    void allow() {
        stopSwitch.allow(StopSwitch.ALLOW);
    }

    private MvcTestResult post(String path, String confirmation) {
        return mvc.post()
                .uri(path)
                .with(csrf())
                .param("confirmation", confirmation)
                .param("reason", "storage <trouble>")
                .exchange();
    }

    @Test
    void anOrderIsOnEveryPageUntilItIsLifted() {
        assertThat(mvc.get().uri("/projects"))
                .bodyText()
                .doesNotContain(BANNER)
                .contains("Type <code>stop all runs</code> to confirm");

        assertThat(post("/stop-order", "stop all runs"))
                .hasStatus3xxRedirection()
                .hasRedirectedUrl("/projects#stop-order")
                .flash()
                .containsKey("told");

        assertThat(mvc.get().uri("/projects/payments/runs/2"))
                .bodyText()
                .contains(BANNER)
                .contains(": storage &lt;trouble&gt;");
        assertThat(mvc.get().uri("/projects"))
                .bodyText()
                .contains("Type <code>allow runs</code> to confirm")
                .doesNotContain("Type <code>stop all runs</code> to confirm");

        assertThat(post("/stop-order/lift", "allow runs")).hasRedirectedUrl("/projects#stop-order");
        assertThat(mvc.get().uri("/projects")).bodyText().doesNotContain(BANNER);
    }

    @Test
    void anOrderThatIsNotConfirmedIsRefusedOnThePage() {
        MvcTestResult refused = post("/stop-order", "yes");

        assertThat(refused).hasRedirectedUrl("/projects#stop-order").flash().containsKey("refused");
        assertThat(stopSwitch.order()).isEmpty();
        assertThat(mvc.get().uri("/projects").flashAttr("refused", List.of("Type “stop all runs” to confirm.")))
                .bodyText()
                .contains("Refused; nothing was changed")
                .contains("Type “stop all runs” to confirm.");
    }

    @Test
    void anOrderNeedsTheFormOfThisSite() {
        assertThat(mvc.post().uri("/stop-order").param("confirmation", "stop all runs"))
                .hasStatus(HttpStatus.FORBIDDEN);
        assertThat(stopSwitch.order()).isEmpty();
    }
}
