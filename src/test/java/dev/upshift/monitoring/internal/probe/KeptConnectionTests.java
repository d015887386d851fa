package dev.upshift.monitoring.internal.probe;

import static dev.upshift.monitoring.internal.probe.Made.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.monitoring.internal.probe.KeptConnection.StillBusy;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class KeptConnectionTests {

    private final List<Line> opened = new ArrayList<>();
    private final KeptConnection<Line> connection =
            new KeptConnection<>(this::open, Line::abort, Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void asksAgainOverTheSameLine() {
        assertThat(connection.ask(Line::ask)).isEqualTo(1);
        assertThat(connection.ask(Line::ask)).isEqualTo(1);
        assertThat(opened).hasSize(1);
    }

    @Test
    void replacesALineThatBrokeSinceTheLastQuestion() {
        connection.ask(Line::ask);
        opened.getFirst().broken = true;

        assertThat(connection.ask(Line::ask)).isEqualTo(2);
        assertThat(opened.getFirst().closed).isTrue();
    }

    @Test
    void doesNotTryANewLineTwice() {
        assertThatThrownBy(() -> connection.ask(line -> {
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
        assertThat(opened).hasSize(1);
        assertThat(opened.getFirst().closed).isTrue();
    }

    @Test
    void refusesAQuestionWhileAnotherOneHangsAndCutsTheLineWhenGivenUp() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        connection.ask(Line::ask);
        CompletableFuture<Integer> hanging = CompletableFuture.supplyAsync(() -> connection.ask(line -> {
            asked.countDown();
            return line.hang();
        }));
        asked.await();

        assertThatThrownBy(() -> connection.ask(Line::ask)).isInstanceOf(StillBusy.class);
        connection.giveUp();

        // the second line answers: a question over a line that was kept is asked once more
        assertThatThrownBy(() -> hanging.get(1, TimeUnit.SECONDS)).isNotInstanceOf(ExecutionException.class);
        assertThat(opened).hasSize(2);
        connection.giveUp();
        assertThatThrownBy(hanging::get).isInstanceOf(ExecutionException.class);
        assertThat(connection.ask(Line::ask)).isEqualTo(3);
    }

    @Test
    void endsWhenTheQuestionThatHangsHasFailed() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        connection.ask(Line::ask);
        CompletableFuture<Integer> hanging = CompletableFuture.supplyAsync(() -> connection.ask(line -> {
            asked.countDown();
            return line.hang();
        }));
        asked.await();

        connection.end();

        assertThatThrownBy(hanging::get).isInstanceOf(ExecutionException.class);
        assertThat(opened).hasSize(1).allMatch(line -> line.closed);
    }

    @Test
    void endsOnlyWhenUnused() {
        connection.ask(Line::ask);

        assertThat(connection.endIfUnusedSince(NOON)).isFalse();
        assertThat(opened.getFirst().closed).isFalse();
        assertThat(connection.endIfUnusedSince(NOON.plusSeconds(1))).isTrue();
        assertThat(opened.getFirst().closed).isTrue();
    }

    private Line open() {
        Line line = new Line(opened.size() + 1);
        opened.add(line);
        return line;
    }

    /** Answers with its number. */
    private static final class Line implements AutoCloseable {

        private final int number;
        private final CountDownLatch cut = new CountDownLatch(1);
        private volatile boolean broken;
        private volatile boolean closed;

        Line(int number) {
            this.number = number;
        }

        int ask() {
            if (broken) {
                throw new IllegalStateException("broken");
            }
            return number;
        }

        int hang() {
            try {
                cut.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("cut");
        }

        void abort() {
            cut.countDown();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
