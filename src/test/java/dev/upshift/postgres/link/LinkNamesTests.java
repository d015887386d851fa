package dev.upshift.postgres.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.shared.Direction;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkNamesTests {

    /** The longest name that PostgreSQL keeps (NAMEDATALEN less one). */
    private static final int LONGEST = 63;

    @ParameterizedTest
    @CsvSource({
        "shop, shop",
        "shop, 'Größe & Co.'",
        "a-very-long-slug-of-sixty-three-characters-that-nobody-would-type, "
                + "A database with a name as long as PostgreSQL will take it, 63 chars",
        "x, ''"
    })
    void areNamesThatASlotMayHave(String slug, String database) {
        for (Direction direction : Direction.values()) {
            assertThat(LinkNames.link(slug, database, direction))
                    .matches("[a-z0-9_]+")
                    .hasSizeLessThanOrEqualTo(LONGEST)
                    .startsWith(LinkNames.prefix(slug));
        }
    }

    @Test
    void areReadable() {
        assertThat(LinkNames.link("shop", "Orders", Direction.FORWARD))
                .matches("upshift_shop_orders_[0-9a-f]{6}_forward");
        assertThat(LinkNames.link("shop", "Orders", Direction.REVERSE)).endsWith("_reverse");
    }

    @Test
    void differWhereOnlyWhatIsCutOffOrReplacedDiffers() {
        Set<String> names = new HashSet<>();
        String slug = "a-slug-longer-than-is-kept";
        for (String database : new String[] {
            "shop",
            "Shop",
            "shop ",
            "sh-op",
            "sh_op",
            "a name that is cut off somewhere 1",
            "a name that is cut off somewhere 2"
        }) {
            names.add(LinkNames.link(slug, database, Direction.FORWARD));
            names.add(LinkNames.link(slug + "-2", database, Direction.FORWARD));
            names.add(LinkNames.link(slug, database, Direction.REVERSE));
        }

        assertThat(names).hasSize(7 * 3);
    }

    @Test
    void areTheSameEveryTime() {
        assertThat(LinkNames.link("shop", "shop", Direction.FORWARD)).isEqualTo("upshift_shop_shop_0b6553_forward");
    }
}
