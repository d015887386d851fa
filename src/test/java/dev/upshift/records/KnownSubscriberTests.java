package dev.upshift.records;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSubscriberTests {

    private static final KnownSubscriber SUBSCRIBER = new KnownSubscriber(16_500, -2L, 16_384);

    /** System identifiers are unsigned in names. */
    @Test
    void knowsItsOwnSlots() {
        assertThat(SUBSCRIBER.made("pg_16500_sync_16385_18446744073709551614")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pg_16500_sync_16385_7000000000000000001",
                "pg_1650_sync_16385_18446744073709551614",
                "pg_16500_sync_mine_18446744073709551614",
                "pg_16500_sync_16385_1_18446744073709551614",
                "upshift_shop_forward"
            })
    void knowsNoOthers(String slot) {
        assertThat(SUBSCRIBER.made(slot)).isFalse();
    }
}
