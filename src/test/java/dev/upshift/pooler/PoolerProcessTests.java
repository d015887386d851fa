package dev.upshift.pooler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.pooler.PoolerProcess.Peer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolerProcessTests {

    private static final List<Peer> TWO = List.of(new Peer(1, "10.0.0.1:6441"), new Peer(2, "10.0.0.1:6442"));
    private static final List<Peer> OTHER_TWO = List.of(new Peer(1, "10.0.0.2:6441"), new Peer(2, "10.0.0.2:6442"));

    @Test
    void hasNothingAgainstProcessesThatAreAlone() {
        assertThat(PoolerProcess.objections(List.of())).isEmpty();
        assertThat(PoolerProcess.objections(List.of(alone("a"), alone("b")))).isEmpty();
    }

    @Test
    void nobodyCanCountProcessesThatShareAPort() {
        assertThat(PoolerProcess.objections(
                        List.of(alone("a"), new PoolerProcess("b", true, 0, List.of()), alone("c"))))
                .singleElement()
                .asString()
                .contains("pooler=b", "so_reuseport = 1", "register each");
    }

    @Test
    void peersHaveToBePoolersOfTheProject() {
        assertThat(PoolerProcess.objections(List.of(new PoolerProcess("a", true, 1, TWO))))
                .singleElement()
                .asString()
                .contains("peer_id 2 (10.0.0.1:6442)");
        assertThat(PoolerProcess.objections(
                        List.of(new PoolerProcess("a", true, 1, TWO), new PoolerProcess("b", true, 2, TWO))))
                .isEmpty();
    }

    @Test
    void theSameProcessTwiceIsNotItsPeer() {
        assertThat(PoolerProcess.objections(
                        List.of(new PoolerProcess("a", true, 1, TWO), new PoolerProcess("b", true, 1, TWO))))
                .singleElement()
                .asString()
                .contains("peer_id 2");
    }

    @Test
    void numbersCountWithinAGroupOnly() {
        assertThat(PoolerProcess.objections(
                        List.of(new PoolerProcess("a", false, 1, TWO), new PoolerProcess("b", false, 2, OTHER_TWO))))
                .satisfiesExactly(
                        first -> assertThat(first.sentence()).contains("a: it shares", "2 (10.0.0.1:6442)"),
                        second -> assertThat(second.sentence()).contains("b: it shares", "1 (10.0.0.2:6441)"));
    }

    @Test
    void peersOfAProcessWithoutANumberAreMissed() {
        assertThat(PoolerProcess.objections(List.of(new PoolerProcess("a", false, 0, TWO))))
                .singleElement()
                .asString()
                .contains("1 (10.0.0.1:6441), 2 (10.0.0.1:6442)");
    }

    private static PoolerProcess alone(String name) {
        return new PoolerProcess(name, false, 0, List.of());
    }
}
