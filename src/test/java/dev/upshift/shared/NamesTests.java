package dev.upshift.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTests {

    @Test
    void fewNamesAreAllTold() {
        assertThat(Names.some(List.of())).isEmpty();
        assertThat(Names.some(List.of("a"))).isEqualTo("a");
        assertThat(Names.some(List.of("a", "b", "c", "d", "e"))).isEqualTo("a, b, c, d, e");
    }

    @Test
    void ofManyTheRestIsCounted() {
        assertThat(Names.some(List.of(1, 2, 3, 4, 5, 6, 7))).isEqualTo("1, 2, 3, 4, 5 and 2 more");
    }
}
