package dev.upshift.dashboard.web.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import dev.upshift.dashboard.preview.PreviewProjects;
import dev.upshift.dashboard.preview.ScreensPreview;
import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.StoreInMemory;
import dev.upshift.pooler.internal.configuration.TestStores;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpStatus;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** The form where somebody has added a store. */
@SpringBootTest(classes = ScreensPreview.class)
@Import(OfferedStoresTests.AnotherStore.class)
@AutoConfigureMockMvc
@WithMockUser("mara")
class OfferedStoresTests {

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private PreviewProjects projects;

    @Test
    void areAskedForByTheForm() {
        assertThat(mvc.get().uri("/projects/new"))
                .bodyText()
                .containsPattern("<select[^>]*name=\"poolers\\[0]\\.config\\.type\"")
                .contains("value=\"file\"", "value=\"memory\"", "Place in that store");
    }

    @Test
    void areSavedAndShownAgain() {
        assertThat(mvc.post()
                        .uri("/projects")
                        .with(csrf())
                        .param("slug", "books")
                        .param("poolers[0].name", "bouncer-a")
                        .param("poolers[0].password", "three")
                        .param("poolers[0].config.type", "memory")
                        .param("poolers[0].config.path", "books"))
                .hasStatus(HttpStatus.FOUND);
        assertThat(projects.drafts()
                        .getFirst()
                        .poolers()
                        .getFirst()
                        .configuration()
                        .type())
                .isEqualTo("memory");

        assertThat(mvc.post()
                        .uri("/projects")
                        .with(csrf())
                        .param("action", "add poolers")
                        .param("poolers[0].config.type", "memory"))
                .bodyText()
                .containsPattern("value=\"memory\" selected");
    }

    /** Not annotated: a scan of the pages must not find it. */
    static class AnotherStore {

        @Bean
        @Primary
        ConfigurationStores twoStores() {
            return TestStores.known(TestStores.files(), new StoreInMemory(TestStores.format()));
        }
    }
}
