package dev.upshift.engine.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.upshift.engine.RunRefused;
import dev.upshift.engine.RunsAllowed;
import dev.upshift.engine.RunsStopped;
import dev.upshift.engine.StopSwitch;
import dev.upshift.engine.StopSwitch.ActiveRun;
import dev.upshift.engine.StopSwitch.StopOrder;
import dev.upshift.engine.StopSwitch.Stopped;
import dev.upshift.metadata.TestMetadata;
import dev.upshift.metadata.TestMetadata.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The switch for all runs in a real metadata database. */
class StoredStopSwitchTests {

    private static final TestDatabase DATABASE = TestMetadata.migrated();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final JdbcClient jdbc = JdbcClient.create(DATABASE.dataSource());
    private final List<Object> events = new ArrayList<>();
    private final StopSwitch stopSwitch = new StoredStopSwitch(
            jdbc,
            TransactionOperations.withoutTransaction(),
            events::add,
            () -> "ola",
            Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void forget() {
        jdbc.sql("delete from stop_order").update();
        jdbc.sql("delete from run").update();
    }

    private void run(int project, String status, boolean pastPivot) {
        jdbc.sql("""
                        insert into run (project_id, slug, number, procedure, status, plan_version, started_by, started_at,
                                         past_pivot)
                        values (:project, 'shop-' || :project, 1, 'CUTOVER', :status, 'v', 'mara', now(), :past)
                        """)
                .param("project", project)
                .param("status", status)
                .param("past", pastPivot)
                .update();
    }

    @Test
    void anOrderAbortsWhatCanBeAbortedAndTellsWhatGoesOn() {
        run(1, "RUNNING", false);
        run(2, "RUNNING", true);
        run(3, "BLOCKED", false);
        run(4, "SUCCEEDED", true);

        Stopped stopped = stopSwitch.stop("stop all runs", " storage trouble ");

        assertThat(stopped.order()).isEqualTo(new StopOrder("ola", "storage trouble", NOW));
        assertThat(stopped.aborting()).containsExactly(new ActiveRun("shop-1", 1));
        assertThat(stopped.goingOn()).containsExactly(new ActiveRun("shop-2", 1));
        assertThat(jdbc.sql("select slug from run where abort_requested_by = 'ola'")
                        .query(String.class)
                        .list())
                .containsExactly("shop-1");
        assertThat(stopSwitch.order()).contains(stopped.order());
        assertThat(events).containsExactly(new RunsStopped("ola", "storage trouble"));
    }

    @Test
    void aSecondOrderChangesNothingAndAllowingEndsIt() {
        stopSwitch.stop("stop all runs", "first");
        stopSwitch.stop("stop all runs", "second");
        assertThat(stopSwitch.order()).map(StopOrder::reason).contains("first");

        stopSwitch.allow("allow runs");
        stopSwitch.allow("allow runs");

        assertThat(stopSwitch.order()).isEmpty();
        assertThat(events).containsExactly(new RunsStopped("ola", "first"), new RunsAllowed("ola"));
    }

    @Test
    void bothWantTheirWordsTyped() {
        assertThatExceptionOfType(RunRefused.class)
                .isThrownBy(() -> stopSwitch.stop("yes", null))
                .withMessage("Type “stop all runs” to confirm; nothing was changed.");
        assertThatExceptionOfType(RunRefused.class)
                .isThrownBy(() -> stopSwitch.stop(StopSwitch.STOP, "x".repeat(501)))
                .withMessageContaining("longer");
        assertThat(stopSwitch.order()).isEmpty();

        stopSwitch.stop(StopSwitch.STOP, null);
        assertThatExceptionOfType(RunRefused.class)
                .isThrownBy(() -> stopSwitch.allow(null))
                .withMessageContaining("allow runs");
        assertThat(stopSwitch.order()).isPresent();
    }
}
