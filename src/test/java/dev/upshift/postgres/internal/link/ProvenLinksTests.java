package dev.upshift.postgres.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import org.junit.jupiter.api.Test;

class ProvenLinksTests {

    private long nanos = Long.MAX_VALUE - 1_000; // the next moment is a negative number
    private final ProvenLinks proven = new ProvenLinks(() -> nanos);

    @Test
    void holdForAWhileAndOnlyForTheVerySame() {
        proven.note(link("right"));
        assertThat(proven.holds(link("right"))).isTrue();
        assertThat(proven.holds(link("changed"))).isFalse();

        nanos += ProvenLinks.PROVEN_FOR.minusMillis(1).toNanos();
        assertThat(proven.holds(link("right"))).isTrue();
        nanos += 1_000_000;
        assertThat(proven.holds(link("right"))).isFalse();
    }

    @Test
    void areForgottenWhenARunStarts() {
        proven.note(link("right"));
        proven.forget();

        assertThat(proven.holds(link("right"))).isFalse();
    }

    private static ProvenLinks.Link link(String password) {
        return new ProvenLinks.Link(
                "upshift at a server",
                new Endpoint("db.example", 5432, "upshift", new Secret(password), SslMode.PREFER),
                "shop",
                "publication");
    }
}
