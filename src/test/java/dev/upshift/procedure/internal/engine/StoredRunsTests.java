package dev.upshift.procedure.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.upshift.metadata.TestMetadata;
import dev.upshift.metadata.TestMetadata.TestDatabase;
import dev.upshift.procedure.JournalEntry;
import dev.upshift.procedure.JournalEntry.Event;
import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.Run;
import dev.upshift.procedure.RunStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    private final JdbcClient jdbc = JdbcClient.create(DATABASE.dataSource());
    private final StoredRunRecords records = new StoredRunRecords(jdbc, new Facts());
    private final StoredJournal journal = new StoredJournal(jdbc, new Facts());

    @BeforeEach
    void forgetRuns() {
        jdbc.sql("delete from run").update();
    }

    private Run begin() {
        return records.insert(PROJECT, "shop", ProcedureName.CUTOVER, "9f3c", "mara", NOW);
    }

    @Test
    void runsAreNumberedAndComeBackAsTheyWereWritten() {
        Run first = begin();
        int epoch = records.takeOver(first.id());
        records.move(first, epoch, RunStatus.RUNNING, RunStatus.SUCCEEDED, "Done.", NOW.plusSeconds(60));
        records.keep(first.id(), Map.of("lsn", "0/17D26910"), 116L);
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
                        Map.of("lsn", "0/17D26910")));
        assertThat(records.find(PROJECT, 3)).isEmpty();
    }

    @Test
    void evidenceAddsUpAndAKnownPauseStays() {
        Run run = begin();

        records.keep(run.id(), Map.of("a", "1"), 116L);
        records.keep(run.id(), Map.of("b", "2"), null);

        assertThat(records.find(PROJECT, 1)).get().satisfies(kept -> {
            assertThat(kept.evidence()).isEqualTo(Map.of("a", "1", "b", "2"));
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
        int epoch = records.takeOver(run.id());

        assertThatIllegalStateException()
                .isThrownBy(() -> records.move(run, epoch, RunStatus.RUNNING, RunStatus.ABORTED, null, null))
                .withMessage("A run that is RUNNING cannot become ABORTED");
    }

    @Test
    void aMoveWhoseAnswerWasLostCanBeRepeated() {
        Run run = begin();
        int epoch = records.takeOver(run.id());

        assertThat(records.move(run, epoch, RunStatus.RUNNING, RunStatus.ABORTING, "No.", null))
                .isTrue();
        assertThat(records.move(run, epoch, RunStatus.RUNNING, RunStatus.ABORTING, "No.", null))
                .isFalse();
    }

    @Test
    void anOwnerThatWasReplacedCanNeitherMoveNorWrite() {
        Run run = begin();
        int old = records.takeOver(run.id());
        records.takeOver(run.id());

        assertThatExceptionOfType(Journal.StaleOwner.class)
                .isThrownBy(() -> records.move(run, old, RunStatus.RUNNING, RunStatus.ABORTING, null, null));
        assertThatExceptionOfType(Journal.StaleOwner.class)
                .isThrownBy(() -> journal.append(run.id(), old, List.of(row(1, old, Event.STARTED, null))));
        assertThat(journal.of(run.id())).isEmpty();
    }

    @Test
    void interruptedRunsAreThoseThatSomebodyWorkedOn() {
        Run run = begin();
        assertThat(records.interrupted()).containsExactly(new RunRecords.Interrupted(PROJECT, run));

        int epoch = records.takeOver(run.id());
        records.move(run, epoch, RunStatus.RUNNING, RunStatus.BLOCKED, "Look.", null);
        assertThat(records.interrupted()).isEmpty();
    }

    @Test
    void rowsComeBackAsTheyWereWrittenAndOnlyOnce() {
        Run run = begin();
        int epoch = records.takeOver(run.id());
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
        int old = records.takeOver(run.id());
        try (Connection connection = DATABASE.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            JdbcClient slow = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            new StoredJournal(slow, new Facts()).append(run.id(), old, List.of(row(1, old, Event.SUCCEEDED, 5L)));

            CompletableFuture<List<JournalEntry>> seen = CompletableFuture.supplyAsync(() -> {
                records.takeOver(run.id());
                return journal.of(run.id());
            });
            await().until(this::somebodyWaitsForALock);
            assertThat(seen).isNotDone();
            connection.commit();

            assertThat(seen.join()).hasSize(1);
        }
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
}
