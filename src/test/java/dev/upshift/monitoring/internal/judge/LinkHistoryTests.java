package dev.upshift.monitoring.internal.judge;

import static dev.upshift.monitoring.internal.probe.Made.ready;
import static dev.upshift.monitoring.internal.probe.Made.scene;
import static dev.upshift.monitoring.internal.probe.Made.slot;
import static dev.upshift.monitoring.internal.probe.Made.subscription;
import static dev.upshift.project.Phase.REPLICATING;
import static dev.upshift.shared.Side.SOURCE;
import static dev.upshift.shared.Side.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.upshift.monitoring.ReplicationSnapshot.LinkSample;
import dev.upshift.monitoring.internal.judge.LinkEvidence.End;
import dev.upshift.monitoring.internal.probe.Made.Scene;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkHistoryTests {

    private final LinkHistory history = new LinkHistory();

    @Test
    void thereIsNoLinkUntilOneEndHasItsPart() {
        assertThat(history.read(scene(REPLICATING).seen())).isEmpty();
        assertThat(history.read(
                        scene(REPLICATING).publishing(SOURCE, 10, slot(10)).seen()))
                .extracting(LinkEvidence::publisher, LinkEvidence::subscriber)
                .containsExactly(tuple(End.PRESENT, End.ABSENT));
    }

    @Test
    void measuresFromTheEndOfTheLogToWhatIsFlushed() {
        LinkSample link = only(scene(REPLICATING).forwardLink().publishing(SOURCE, 1700, slot(1000)));

        assertThat(link.lag()).isEqualTo(new ByteCount(700));
        assertThat(link.slot()).isEqualTo(LinkNames.link("lab", "shop", Direction.FORWARD));
        assertThat(link.enabled()).isTrue();
        assertThat(link.workerRunning()).isTrue();
    }

    @Test
    void whatOnlyASilentPublisherKnowsIsNotKnown() {
        LinkSample link = only(scene(REPLICATING).forwardLink().silent(SOURCE));

        assertThat(link.lag()).isNull();
        assertThat(link.lagTime()).isNull();
        assertThat(link.retained()).isNull();
        assertThat(link.workerRunning()).isTrue();
    }

    @Test
    void aLinkIsNotForgottenWhileItsEndsAreSilent() {
        only(scene(REPLICATING).forwardLink());

        LinkSample link = only(scene(REPLICATING).after(2).silent(SOURCE).silent(TARGET));

        assertThat(link.direction()).isEqualTo(Direction.FORWARD);
        assertThat(link.lag()).isNull();
        assertThat(history.read(scene(REPLICATING).after(4).seen())).isEmpty();
    }

    @Test
    void bothDirectionsAreSeenForwardFirst() {
        List<LinkEvidence> links = history.read(scene(REPLICATING)
                .forwardLink()
                .publishing(TARGET, 5000, slot(5000))
                .subscribing(SOURCE, subscription(ready("orders")))
                .seen());

        assertThat(links)
                .extracting(link -> link.sample().direction())
                .containsExactly(Direction.FORWARD, Direction.REVERSE);
    }

    private LinkSample only(Scene scene) {
        List<LinkEvidence> links = history.read(scene.seen());
        assertThat(links).hasSize(1);
        return links.getFirst().sample();
    }
}
