package dev.upshift.dashboard.web.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.upshift.engine.Plan.Part;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ChapterTests {

    private static final List<Part> SWITCH =
            List.of(Part.BEFORE, Part.BEFORE, Part.WINDOW, Part.PIVOT, Part.COMPLETION, Part.AFTER);

    @Test
    void theStepsThatHoldClientsStandApart() {
        assertThat(Chapter.of(SWITCH, Function.identity(), true))
                .extracting(
                        Chapter::held,
                        Chapter::first,
                        chapter -> chapter.steps().size())
                .containsExactly(tuple(false, 1, 2), tuple(true, 3, 3), tuple(false, 6, 1));
    }

    @Test
    void aProcedureThatHoldsNobodyIsOneChapter() {
        assertThat(Chapter.of(List.of(Part.BEFORE, Part.PIVOT, Part.AFTER), Function.identity(), false))
                .singleElement()
                .satisfies(chapter -> assertThat(chapter.held()).isFalse());
    }

    @Test
    void noStepsNoChapters() {
        assertThat(Chapter.of(List.<Part>of(), Function.identity(), true)).isEmpty();
    }
}
