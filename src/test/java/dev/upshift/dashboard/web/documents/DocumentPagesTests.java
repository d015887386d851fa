package dev.upshift.dashboard.web.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.dashboard.preview.ScreensPreview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.test.context.support.WithAnonymousUser;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@SpringBootTest(classes = ScreensPreview.class)
@AutoConfigureMockMvc
@WithMockUser("mara")
class DocumentPagesTests {

    private static final Path FOLDER = Path.of("docs");
    private static final Pattern LINK = Pattern.compile("href=\"([^\":#]+)(?:#([^\"]*))?\"");
    private static final String RUNBOOK = "/docs/operations/what-if";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private Documents documents;

    static List<String> paths() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .map(file -> FOLDER.relativize(file).toString().replace(".md", ""))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void everyDocumentLeadsToDocumentsAndHeadingsThatExist(String path) {
        String html = documents.find(path).orElseThrow().html();

        assertThat(LINK.matcher(html).results()).allSatisfy(link -> {
            String to = Path.of(path).resolveSibling(link.group(1)).normalize().toString();
            if (!to.startsWith("..")) { // a file of the repository that is no document
                Document target = documents.find(to).orElseThrow(() -> new AssertionError("no document " + to));
                if (link.group(2) != null) {
                    assertThat(target.html()).contains("id=\"" + link.group(2) + "\"");
                }
            }
        });
    }

    @Test
    void theRunbookOfABlockedRunIsThere() {
        assertThat(mvc.get().uri("/projects/ledger/runs/2"))
                .bodyText()
                .contains("href=\"" + RUNBOOK + "#what-a-blocked-run-says-and-what-to-do\"");
        assertThat(mvc.get().uri(RUNBOOK))
                .hasStatusOk()
                .bodyText()
                .contains("<h2 id=\"what-a-blocked-run-says-and-what-to-do\">")
                .contains("<table>")
                .contains("href=\"cutover\"");
        assertThat(mvc.get().uri("/projects/orders/runs/4")).bodyText().doesNotContain(RUNBOOK);
    }

    @Test
    void theContentsAreTheFirstPage() {
        assertThat(mvc.get().uri("/docs")).hasRedirectedUrl("/docs/README");
        assertThat(mvc.get().uri("/docs/README")).bodyText().contains("href=\"operations/cutover\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/operations/none", "/docs/operations/cutover.md", "/docs/README/"})
    void whatIsNotThereIsNotFound(String path) {
        assertThat(mvc.get().uri(path)).hasStatus(HttpStatus.NOT_FOUND);
    }

    @Test
    void nothingOutsideTheFolderIsFound() {
        assertThat(documents.find("../application")).isEmpty();
        assertThat(documents.find("operations/../../banner")).isEmpty();
    }

    @Test
    @WithAnonymousUser
    void strangersSeeNone() {
        assertThat(mvc.get().uri(RUNBOOK).accept(MediaType.TEXT_HTML)).hasStatus3xxRedirection();
    }
}
