package dev.upshift.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTests {

    private static final Endpoint SHOP =
            new Endpoint("db.shop.example", 5432, "upshift", new Secret("s3cret"), SslMode.REQUIRE);

    @ParameterizedTest
    @CsvSource({
        "db.shop.example, 5432, true",
        "DB.Shop.Example, 5432, true",
        "db.shop.example, 5433, false",
        "db2.shop.example, 5432, false",
        ", 5432, false"
    })
    void anAddressIsAHostWhateverItsCaseAndAPort(String host, int port, boolean meant) {
        assertThat(SHOP.isAt(host, port)).isEqualTo(meant);
    }

    @Test
    void keepsTheSignInAtAnotherAddress() {
        Endpoint moved = SHOP.at("other", 6432);

        assertThat(moved.address()).isEqualTo("other:6432");
        assertThat(moved.username()).isEqualTo("upshift");
        assertThat(moved.toString()).doesNotContain("s3cret");
    }
}
