package dev.upshift.engine.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.Plan.GuardResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardBookTests {

    private final GuardBook book = new GuardBook();

    @Test
    void withoutObjectionsAGuardAllows() {
        assertThat(book.look("workers", "All run.", List::of)).isTrue();

        assertThat(book.results()).containsExactly(new GuardResult("workers", true, "All run."));
    }

    @Test
    void objectionsBlockAndAreAllTold() {
        assertThat(book.look("lag", "Small.", () -> List.of("Lag is 5 MB.", "It grows.")))
                .isFalse();

        assertThat(book.results()).containsExactly(new GuardResult("lag", false, "Lag is 5 MB. It grows."));
    }

    @Test
    void aGuardThatCouldNotLookBlocks() {
        boolean allowed = book.look("source", "It answers.", () -> {
            throw new IllegalStateException("The source does not answer");
        });

        assertThat(allowed).isFalse();
        assertThat(book.results()).containsExactly(new GuardResult("source", false, "The source does not answer."));
    }

    @Test
    void guardsKeepTheirOrder() {
        book.look("b", "Fine.", List::of);
        book.look("a", "Fine.", List::of);

        assertThat(book.results()).extracting(GuardResult::guard).containsExactly("b", "a");
    }
}
