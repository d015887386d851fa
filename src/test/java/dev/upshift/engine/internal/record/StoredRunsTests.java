package dev.upshift.engine.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.upshift.engine.Fact;
import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunFacts;
import dev.upshift.engine.RunRefused;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.internal.lease.AdvisoryRunLocks;
import dev.upshift.engine.internal.lease.LeaseTerms;
import dev.upshift.engine.internal.lease.Owner;
import dev.upshift.engine.internal.lease.RunLocks;
import dev.upshift.engine.internal.lease.StaleOwner;
import dev.upshift.engine.internal.lease.StoredRunLeases;
import dev.upshift.metadata.TestMetadata;
import dev.upshift.metadata.TestMetadata.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Runs and journals in a real metadata database, as one owner and as two. */
class StoredRunsTests {

    private static final TestDatabase DATABASE = TestMetadata.migrated();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final long PROJECT = 7;
    private static final RunFacts LSN = Fact.text("lsn").of("0/17D26910");

    private static final LeaseTerms TERMS = LeaseTerms.NORMAL;

    private final JdbcClient jdbc = JdbcClient.create(DATABASE.dataSource());
    private final StoredRunRecords records = new StoredRunRecords(jdbc, new Facts(), TERMS, new Owner("test"));
    private final StoredJournal journal = new StoredJournal(jdbc, new Facts());

    @BeforeEach
    void forgetRuns() {
        jdbc.sql("delete from stop_order").update();
        jdbc.sql("delete from run").update();
    }

    private Run begin() {
        return records.insert(PROJECT, "shop", ProcedureName.CUTOVER, "9f3c", "mara", NOW);
    }

    @Test
    void runsAreNumberedAndComeBackAsTheyWereWritten() {
        Run first = begin();
        int epoch = records.takeOver(first).epoch();
        records.move(first, epoch, RunStatus.RUNNING, RunStatus.SUCCEEDED, "Done.", NOW.plusSeconds(60));
        records.keep(first.id(), LSN, 116L);
        Run second = begin();

        assertThat(first.number()).isEqualTo(1);
        assertThat(second.number()).isEqualTo(2);
        assertThat(records.of(PROJECT)).extracting(Run::number).containsExactly(2, 1);
        assertThat(records.active(PROJECT)).contains(second);
        assertThat(records.find(PROJECT, 1))
                .contains(new Run(
                        first.id(),
                        "shop",
                        1,
                        ProcedureName.CUTOVER,
                        RunStatus.SUCCEEDED,
                        "9f3c",
                        "mara",
                        NOW,
                        NOW.plusSeconds(60),
                        1,
                        "Done.",
                        116L,
                        LSN));
        assertThat(records.find(PROJECT, 3)).isEmpty();
    }

    @Test
    void evidenceAddsUpAndAKnownPauseStays() {
        Run run = begin();

        records.keep(run.id(), Fact.text("a").of("1"), 116L);
        records.keep(run.id(), Fact.text("b").of("2"), null);

        assertThat(records.find(PROJECT, 1)).get().satisfies(kept -> {
            assertThat(kept.evidence().values()).isEqualTo(Map.of("a", "1", "b", "2"));
            assertThat(kept.pauseMillis()).isEqualTo(116);
        });
    }

    @Test
    void aSecondRunIsRefusedWhileOneIsNotOver() {
        begin();

        assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(this::begin);
    }

    @Test
    void statusesFollowTheirTableOnly() {
        Run run = begin();
        int epoch = records.takeOver(again(run)).epoch();

        assertThatIllegalStateException()
                .isThrownBy(() -> records.move(run, epoch, RunStatus.RUNNING, RunStatus.ABORTED, null, null))
                .withMessage("A run that is RUNNING cannot become ABORTED");
    }

    @Test
    void aMoveWhoseAnswerWasLostCanBeRepeated() {
        Run run = begin();
        int epoch = records.takeOver(again(run)).epoch();

        assertThat(records.move(run, epoch, RunStatus.RUNNING, RunStatus.ABORTING, "No.", null))
                .isTrue();
        assertThat(records.move(run, epoch, RunStatus.RUNNING, RunStatus.ABORTING, "No.", null))
                .isFalse();
    }

    @Test
    void anOwnerThatWasReplacedCanNeitherMoveNorWrite() {
        Run run = begin();
        int old = records.takeOver(again(run)).epoch();
        records.takeOver(again(run)).epoch();

        assertThatExceptionOfType(StaleOwner.class)
                .isThrownBy(() -> records.move(run, old, RunStatus.RUNNING, RunStatus.ABORTING, null, null));
        assertThatExceptionOfType(StaleOwner.class)
                .isThrownBy(() -> journal.append(run.id(), old, List.of(row(1, old, Event.STARTED, null))));
        assertThat(journal.of(run.id())).isEmpty();
    }

    @Test
    void interruptedRunsAreThoseThatSomebodyWorkedOn() {
        Run run = begin();
        assertThat(records.interrupted()).containsExactly(new RunRecords.Interrupted(PROJECT, run, null));

        int epoch = records.takeOver(again(run)).epoch();
        records.move(run, epoch, RunStatus.RUNNING, RunStatus.BLOCKED, "Look.", null);
        assertThat(records.interrupted()).isEmpty();
    }

    @Test
    void rowsComeBackAsTheyWereWrittenAndOnlyOnce() {
        Run run = begin();
        int epoch = records.takeOver(again(run)).epoch();
        JournalEntry started = row(1, epoch, Event.STARTED, null);
        JournalEntry succeeded = row(2, epoch, Event.SUCCEEDED, 1234L);

        journal.append(run.id(), epoch, List.of(started));
        journal.append(run.id(), epoch, List.of(started, succeeded));
        journal.append(run.id(), epoch, List.of(started, succeeded));

        assertThat(journal.of(run.id())).containsExactly(started, succeeded);
    }

    /** A row that the new owner did not see when it read the journal must not appear afterwards: it could be the pivot. */
    @Test
    void aNewOwnerWaitsForTheCommitThatIsUnderWay() throws SQLException {
        Run run = begin();
        int old = records.takeOver(again(run)).epoch();
        try (Connection connection = DATABASE.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            JdbcClient slow = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            new StoredJournal(slow, new Facts()).append(run.id(), old, List.of(row(1, old, Event.SUCCEEDED, 5L)));

            CompletableFuture<List<JournalEntry>> seen = CompletableFuture.supplyAsync(() -> {
                records.takeOver(again(run)).epoch();
                return journal.of(run.id());
            });
            await().until(this::somebodyWaitsForALock);
            assertThat(seen).isNotDone();
            connection.commit();

            assertThat(seen.join()).hasSize(1);
        }
    }

    /** As it is now, its lease run out. */
    private Run again(Run run) {
        jdbc.sql("update run_lease set renewed_at = renewed_at - interval '1 hour'")
                .update();
        return records.find(PROJECT, run.number()).orElseThrow();
    }

    private boolean somebodyWaitsForALock() {
        return jdbc.sql("select exists (select from pg_stat_activity where datname = current_database() "
                        + "and wait_event_type = 'Lock')")
                .query(Boolean.class)
                .single();
    }

    private static JournalEntry row(int sequence, int epoch, Event event, @Nullable Long micros) {
        return new JournalEntry(
                sequence, epoch, "stage", Part.BEFORE, event, "Do “it”.", NOW, micros, Map.of("k", "v'\"{}"));
    }

    @Test
    void aLeaseThatIsRenewedProtectsItsOwner() {
        Run run = begin();
        assertThat(records.takeOver(run)).isEqualTo(new RunRecords.Claim(1, null, null));
        Run owned = records.find(PROJECT, run.number()).orElseThrow();

        assertThat(records.interrupted()).isEmpty();
        assertThatExceptionOfType(StaleOwner.class).isThrownBy(() -> records.takeOver(owned));
        assertThat(records.find(PROJECT, run.number())).contains(owned);
    }

    @Test
    void aLeaseThatRanOutIsTakenOverOnceAndTellsHowLongItsOwnerWasSilent() {
        Run run = begin();
        records.takeOver(run);
        Run left = again(run);

        assertThat(records.interrupted()).singleElement().satisfies(interrupted -> {
            assertThat(interrupted.run()).isEqualTo(left);
            assertThat(interrupted.lastRenewed()).isNotNull();
        });
        RunRecords.Claim claim = records.takeOver(left);
        assertThat(claim.epoch()).isEqualTo(2);
        assertThat(claim.silence()).isBetween(Duration.ofHours(1), Duration.ofHours(2));
        assertThatExceptionOfType(StaleOwner.class).isThrownBy(() -> records.takeOver(left));
    }

    @Test
    void leasesAreRenewedUnderTheirEpochOnlyAndGivenUp() {
        Run first = begin();
        int epoch = records.takeOver(first).epoch();
        try (StoredRunLeases leases = new StoredRunLeases(name -> connection())) {
            assertThat(leases.renew(Map.of(first.id(), epoch))).isEqualTo(Map.of(first.id(), ""));
            records.requestAbort(first.id(), "ola");
            assertThat(leases.renew(Map.of(first.id(), epoch))).isEqualTo(Map.of(first.id(), "ola"));
            assertThat(leases.renew(Map.of(first.id(), epoch - 1, 4711L, 1))).isEmpty();

            leases.free(first.id(), epoch);

            assertThat(leases.renew(Map.of(first.id(), epoch))).isEmpty();
            assertThat(records.interrupted())
                    .singleElement()
                    .satisfies(left -> assertThat(left.lastRenewed()).isNull());
        }
    }

    private static Connection connection() {
        try {
            return DATABASE.dataSource().getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A process that is stopped keeps its connections, and so its lock. */
    @Test
    void aLockIsTakenFromASessionThatIsOlderThanTheLease() {
        AdvisoryRunLocks locks = new AdvisoryRunLocks(name -> connection(), jdbc);
        assertThat(locks.acquire(PROJECT)).isPresent();
        Instant begun = jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();

        locks.endHolder(PROJECT, begun.minusSeconds(60));
        assertThat(locks.acquire(PROJECT)).isEmpty();

        locks.endHolder(PROJECT, begun);
        await().untilAsserted(() -> {
            Optional<RunLocks.RunLock> lock = locks.acquire(PROJECT);
            assertThat(lock).isPresent();
            lock.get().close();
        });
    }

    @Test
    void anAbortAndThePivotExcludeEachOther() {
        Run aborted = begin();
        int epoch = records.takeOver(aborted).epoch();
        assertThat(records.requestAbort(aborted.id(), "ola")).isTrue();
        assertThatExceptionOfType(Journal.PivotRefused.class)
                .isThrownBy(() -> journal.append(aborted.id(), epoch, List.of(pivot(1, epoch))))
                .withMessage("Aborted by ola.");
        assertThat(journal.of(aborted.id())).isEmpty();
        records.move(aborted, epoch, RunStatus.RUNNING, RunStatus.ABORTING, null, null);
        records.move(aborted, epoch, RunStatus.ABORTING, RunStatus.ABORTED, "Aborted by ola.", NOW);

        Run passed = begin();
        int next = records.takeOver(passed).epoch();
        journal.append(passed.id(), next, List.of(pivot(1, next)));
        journal.append(passed.id(), next, List.of(pivot(1, next)));
        assertThat(records.requestAbort(passed.id(), "ola")).isFalse();
        assertThat(journal.of(passed.id())).hasSize(1);
    }

    /** The abort comes while the pivot is being committed: it waits, and is refused. */
    @Test
    void anAbortWaitsForThePivotThatIsUnderWay() throws SQLException {
        Run run = begin();
        int epoch = records.takeOver(run).epoch();
        try (Connection connection = DATABASE.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            JdbcClient slow = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            new StoredJournal(slow, new Facts()).append(run.id(), epoch, List.of(pivot(1, epoch)));

            CompletableFuture<Boolean> abort =
                    CompletableFuture.supplyAsync(() -> records.requestAbort(run.id(), "ola"));
            await().until(this::somebodyWaitsForALock);
            connection.commit();

            assertThat(abort.join()).isFalse();
        }
    }

    private static JournalEntry pivot(int sequence, int epoch) {
        return new JournalEntry(
                sequence, epoch, "pass-pivot", Part.PIVOT, Event.SUCCEEDED, "Passed.", NOW, 5L, Map.of());
    }

    @Test
    void aStopOrderRefusesRunsAndPivotsAndIsReadWithTheLease() {
        Run run = begin();
        int epoch = records.takeOver(run).epoch();
        jdbc.sql("insert into stop_order (ordered_by, reason, ordered_at) values ('ola', '', now())")
                .update();

        assertThatExceptionOfType(Journal.PivotRefused.class)
                .isThrownBy(() -> journal.append(run.id(), epoch, List.of(pivot(1, epoch))))
                .withMessage("Aborted by ola.");
        try (StoredRunLeases leases = new StoredRunLeases(name -> connection())) {
            assertThat(leases.renew(Map.of(run.id(), epoch))).isEqualTo(Map.of(run.id(), "ola"));
        }
        jdbc.sql("delete from run").update();
        assertThatExceptionOfType(RunRefused.class).isThrownBy(this::begin).withMessageContaining("stopped");
    }
}
