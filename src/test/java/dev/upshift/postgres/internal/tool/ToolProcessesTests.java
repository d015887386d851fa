package dev.upshift.postgres.internal.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.postgres.schema.SchemaCopy.SchemaCopyFailed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ToolProcessesTests {

    private static final Duration LONG = Duration.ofSeconds(50);

    private final ToolProcesses processes = new ToolProcesses();

    @Test
    void readsBothStreamsAndTheEnd() {
        ToolProcesses.Outcome outcome = shell("echo one; echo two >&2; exit 3", LONG);

        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.text()).contains("one", "two");
        assertThat(outcome.complaint()).isEqualTo("exit code 3 without a word");
    }

    @Test
    void environmentHoldsNothingOfOurOwnSurroundings() {
        ToolProcesses.Outcome outcome =
                processes.run(List.of("/bin/sh", "-c", "env"), Map.of("PGHOST", "elsewhere"), LONG, line -> {});

        assertThat(outcome.text()).contains("PGHOST=elsewhere", "LC_ALL=C");
        assertThat(outcome.lines()).noneMatch(line -> line.startsWith("PGSERVICE=") || line.startsWith("PGUSER="));
    }

    @Test
    void keepsTheEndOfALongOutput() {
        ToolProcesses.Outcome outcome = shell("i=0; while [ $i -lt 5000 ]; do echo line $i; i=$((i+1)); done", LONG);

        assertThat(outcome.lines()).hasSizeLessThan(100).last().isEqualTo("line 4999");
    }

    @Test
    void endsWhatTakesTooLong() {
        assertThatThrownBy(() -> shell("exec sleep 100", Duration.ofMillis(200)))
                .isInstanceOf(SchemaCopyFailed.class)
                .hasMessageContaining("sh was ended because it was not done after PT0.2S")
                .hasMessageContaining("upshift.postgres.copy-timeout");
    }

    @Test
    void endsWithTheThreadThatWaits() throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<ProcessHandle> child = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                processes.run(List.of("/bin/sh", "-c", "echo $$; exec sleep 100"), Map.of(), LONG, line -> {
                    child.set(ProcessHandle.of(Long.parseLong(line)).orElseThrow());
                    started.countDown();
                });
            } catch (SchemaCopyFailed stopped) {
                failure.set(stopped);
            }
        });
        started.await();
        waiting.interrupt();
        waiting.join();

        assertThat(failure.get()).hasMessage("sh was stopped on request");
        assertThat(child.get().isAlive()).isFalse();
    }

    @Test
    void endsWhenNobodyWantsToHearMore() {
        assertThatThrownBy(() ->
                        processes.run(List.of("/bin/sh", "-c", "echo enough; exec sleep 100"), Map.of(), LONG, line -> {
                            throw new IllegalStateException("aborted");
                        }))
                .hasMessage("aborted");
    }

    @Test
    void saysWhatCannotBeStarted() {
        assertThatThrownBy(() -> processes.run(List.of("/nowhere/pg_dump"), Map.of(), LONG, line -> {}))
                .isInstanceOf(SchemaCopyFailed.class)
                .hasMessageStartingWith("pg_dump could not be started");
    }

    private ToolProcesses.Outcome shell(String script, Duration deadline) {
        return processes.run(List.of("/bin/sh", "-c", script), Map.of(), deadline, line -> {});
    }
}
