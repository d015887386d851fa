package dev.upshift.postgres.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are others every time have a name in a record; everything else is there as it is. */
class PlaceholdersTests {

    @Test
    void whatChangesFromMinuteToMinuteHasAName() {
        assertThat(Placeholders.of("0/17D26910")).isEqualTo("⟨log position then⟩");
        assertThat(Placeholders.of("2026-11-21 17:08:41.123456+00")).isEqualTo("⟨time then⟩");
        assertThat(Placeholders.of(UUID.randomUUID().toString())).isEqualTo("⟨a token made then⟩");
        assertThat(Placeholders.of(new Long[] {4711L, 12L})).isEqualTo("⟨their values then⟩");
        assertThat(Placeholders.of(new Boolean[] {true})).isEqualTo("⟨whether called then⟩");
        assertThat(Placeholders.of(new Integer[] {})).isEqualTo("⟨those seen until then⟩");
        assertThat(Placeholders.of(4711)).isEqualTo("⟨process then⟩");
    }

    @ParameterizedTest
    @ValueSource(strings = {"upshift_shop_shop_0b6553_reverse", "shop", "0/", "Order Lines", "2026-11-21", ""})
    void namesStayAsTheyAre(String name) {
        assertThat(Placeholders.of(name)).isEqualTo(name);
    }

    @Test
    void listsAreWrittenAsTheServerWritesThem() {
        String[] names = {"orders", "Order Lines", "a,b", "say \"hi\"", "back\\slash", "null", ""};

        assertThat(Placeholders.whole(names))
                .isEqualTo("{orders,\"Order Lines\",\"a,b\",\"say \\\"hi\\\"\",\"back\\\\slash\",\"null\",\"\"}");
        assertThat(Placeholders.shown(names)).isEqualTo(Placeholders.whole(names));
    }

    @Test
    void ofALongListTheFirstTwentyAreShown() {
        String[] names =
                IntStream.range(0, 2_000).mapToObj(number -> "s" + number).toArray(String[]::new);

        assertThat(String.valueOf(Placeholders.shown(names)))
                .startsWith("{s0,s1,")
                .endsWith(",s19,⟨and 1,980 more⟩}");
        assertThat(String.valueOf(Placeholders.whole(names))).endsWith(",s1999}");
    }
}
