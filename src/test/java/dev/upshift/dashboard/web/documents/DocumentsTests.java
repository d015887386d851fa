package dev.upshift.dashboard.web.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocumentsTests {

    private final Documents documents = new Documents();

    @Test
    void pathsThatSomebodyMakesUpAreNotRemembered() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(documents.find("made-up-" + i)).isEmpty();
        }
        assertThat(documents.find("glossary")).isPresent();
        assertThat(documents.find("glossary")).isPresent();

        assertThat(documents.remembered()).isEqualTo(1);
    }
}
