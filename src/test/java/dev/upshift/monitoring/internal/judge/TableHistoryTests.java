package dev.upshift.monitoring.internal.judge;

import static dev.upshift.monitoring.internal.probe.Made.copying;
import static dev.upshift.monitoring.internal.probe.Made.facts;
import static dev.upshift.monitoring.internal.probe.Made.ready;
import static dev.upshift.monitoring.internal.probe.Made.scene;
import static dev.upshift.monitoring.internal.probe.Made.subscription;
import static dev.upshift.monitoring.internal.probe.Made.table;
import static dev.upshift.monitoring.internal.probe.Made.withoutWorker;
import static dev.upshift.project.Phase.CUT_OVER;
import static dev.upshift.project.Phase.DRAFT;
import static dev.upshift.project.Phase.SCHEMA_COPIED;
import static dev.upshift.shared.Side.SOURCE;
import static dev.upshift.shared.Side.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.TableProgress.State;
import dev.upshift.monitoring.internal.probe.DatabaseReading.SubscriptionReading;
import dev.upshift.monitoring.internal.probe.DatabaseReading.TableReading;
import dev.upshift.monitoring.internal.probe.Made.Scene;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableHistoryTests {

    private final TableHistory history = new TableHistory();

    @Test
    void withoutASubscriptionEveryTableIsPending() {
        assertThat(history.read(scene(DRAFT)
                        .tables(facts("b", 5, 8192), facts("a", 0, 0))
                        .seen()))
                .extracting(TableProgress::name, TableProgress::state, TableProgress::letter, TableProgress::totalBytes)
                .containsExactly(
                        tuple(table("a"), State.PENDING, null, 0L), tuple(table("b"), State.PENDING, null, 8192L));
    }

    @ParameterizedTest
    @CsvSource({
        "i, INITIALIZING, 0",
        "d, COPYING, 0",
        "f, FINISHED_COPY, 1",
        "s, SYNCHRONIZED, 1",
        "r, READY, 1",
    })
    void lettersBecomeWords(String letter, State state, double fraction) {
        TableProgress progress = only(scene(SCHEMA_COPIED)
                .tables(facts("orders", 100, 8192))
                .subscribing(TARGET, subscription(new TableReading(table("orders"), letter, true, null, null))));

        assertThat(progress.state()).isEqualTo(state);
        assertThat(progress.letter()).isEqualTo(letter);
        assertThat(progress.fraction()).isEqualTo(fraction);
        assertThat(progress.copiedBytes()).isEqualTo(fraction == 1 ? 8192 : 0);
        assertThat(progress.copiedRows()).isEqualTo(fraction == 1 ? 100 : 0);
    }

    @Test
    void paceAndTimeLeftComeFromSuccessiveSamples() {
        TableProgress first = only(copyAt(0, 1_000_000, 1_000));
        TableProgress second = only(copyAt(2, 3_000_000, 3_000));

        assertThat(first.bytesPerSecond()).isNull();
        assertThat(first.eta()).isNull();
        assertThat(second.bytesPerSecond()).isEqualTo(1_000_000);
        // 10,000 rows of 1,000 bytes each are 10 MB, of which 7 MB are left
        assertThat(second.eta()).isEqualTo(Duration.ofSeconds(7));
        assertThat(second.fraction()).isEqualTo(0.3);
        assertThat(second.copiedRows()).isEqualTo(3_000);
    }

    @Test
    void copiedBytesNeverExceedTheTable() {
        assertThat(only(copyAt(0, 99_000_000, 9_900)).copiedBytes()).isEqualTo(5_000_000);
    }

    @Test
    void aRestartedCopyHasNoPace() {
        only(copyAt(0, 3_000_000, 3_000));
        assertThat(only(copyAt(2, 1_000, 1)).bytesPerSecond()).isNull();
    }

    @Test
    void aCopyWithoutAWorkerTwiceInARowHasFailed() {
        Scene scene = scene(SCHEMA_COPIED)
                .tables(facts("orders", 1, 1))
                .subscribing(TARGET, subscription(withoutWorker("orders")));

        assertThat(only(scene).state()).isEqualTo(State.COPYING);
        TableProgress failed = only(scene.after(2));
        assertThat(failed.state()).isEqualTo(State.ERROR);
        assertThat(failed.lastError()).contains("keeps failing").contains("log of the subscribing server");
        assertThat(only(scene.after(4).subscribing(TARGET, subscription(copying("orders", 1, 1))))
                        .state())
                .isEqualTo(State.COPYING);
    }

    @Test
    void aDisabledSubscriptionFailsWhatIsNotReady() {
        List<TableProgress> tables = history.read(scene(SCHEMA_COPIED)
                .subscribing(
                        TARGET,
                        new SubscriptionReading(false, false, 0, 1, List.of(ready("done"), withoutWorker("broken"))))
                .seen());

        assertThat(tables)
                .extracting(TableProgress::name, TableProgress::state)
                .containsExactly(tuple(table("broken"), State.ERROR), tuple(table("done"), State.READY));
        assertThat(tables.getFirst().lastError()).contains("disabled");
    }

    @Test
    void staysAsLastSeenWhileTheSubscriberIsAway() {
        Scene scene = scene(SCHEMA_COPIED).forwardLink();
        List<TableProgress> before = history.read(scene.seen());
        assertThat(history.read(scene.after(2).silent(TARGET).seen())).isEqualTo(before);
    }

    @Test
    void afterACutoverTheTablesAreThoseOfTheWayBack() {
        Scene scene = scene(CUT_OVER)
                .tables(facts("orders", 1, 1))
                .subscribing(TARGET, subscription(ready("orders"), ready("left over")))
                .subscribing(SOURCE, subscription(ready("orders")));

        assertThat(history.read(scene.seen()))
                .extracting(TableProgress::name, TableProgress::state)
                .containsExactly(tuple(table("orders"), State.READY));
    }

    private static Scene copyAt(long second, long bytes, long rows) {
        return scene(SCHEMA_COPIED)
                .after(second)
                .tables(facts("orders", 10_000, 5_000_000))
                .subscribing(TARGET, subscription(copying("orders", bytes, rows)));
    }

    private TableProgress only(Scene scene) {
        List<TableProgress> tables = history.read(scene.seen());
        assertThat(tables).hasSize(1);
        return tables.getFirst();
    }
}
