package dev.upshift.switchover.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.Fact;
import dev.upshift.engine.RunFacts;
import dev.upshift.postgres.fence.Fence.ClientSession;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionListTests {

    private static final Fact<String> ENDED = Fact.text("ended");

    @Test
    void alikeSessionsAreNamedOnce() {
        List<ClientSession> sessions = List.of(
                new ClientSession(7, "report", "psql", "10.0.0.5"),
                new ClientSession(8, "app", "", null),
                new ClientSession(9, "report", "psql", "10.0.0.5"));

        assertThat(SessionList.words(sessions)).isEqualTo("app, report (psql) from 10.0.0.5 × 2");
        assertThat(SessionList.facts(ENDED, sessions).get(ENDED)).contains("app, report (psql) from 10.0.0.5 × 2");
    }

    @Test
    void manyAreCounted() {
        List<ClientSession> sessions = IntStream.range(0, 25)
                .mapToObj(i -> new ClientSession(i, "user" + i, null, null))
                .toList();

        assertThat(SessionList.words(sessions)).endsWith(", and 5 more");
    }

    @Test
    void noneLeaveNoFacts() {
        assertThat(SessionList.facts(ENDED, List.of())).isEqualTo(RunFacts.NONE);
    }
}
