package dev.upshift.monitoring.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.ReplicationSnapshot.TableCounts;
import dev.upshift.monitoring.internal.MonitoringSettings;
import dev.upshift.monitoring.internal.judge.ProjectSample;
import dev.upshift.monitoring.internal.probe.Made;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Times are seconds after noon; samples are taken every 2 s, so that one older than 6 s is stale. */
class NewestSamplesTests {

    private static final MonitoringSettings SETTINGS = new MonitoringSettings(
            Duration.ofSeconds(2),
            null,
            Duration.ofMinutes(1),
            DataSize.ofGigabytes(10),
            new MonitoringSettings.History(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(3)));

    private final Project project = Made.project(Phase.REPLICATING);
    private final ShelfOfProjects projects = new ShelfOfProjects();
    private final List<Instant> asked = new ArrayList<>();
    private Optional<ProjectSample> own = Optional.empty();
    private Optional<ProjectSample> kept = Optional.empty();
    private Instant now = at(0);

    private final InstantSource time = () -> now;
    private final NewestSamples newest =
            new NewestSamples(new OwnWatches(), projects, new KeptSnapshots(), SETTINGS, time.withZone(ZoneOffset.UTC));

    @Test
    void whatThisNodeHasJustSeenIsTheNewestAndNobodyIsAsked() {
        projects.put(project);
        own = seen(0);
        kept = seen(5);
        now = at(5);

        assertThat(newest()).isEqualTo(own);
        assertThat(asked).isEmpty();
    }

    @Test
    void whatAnotherHasSeenSinceCountsOnceItsOwnIsStale() {
        projects.put(project);
        own = seen(0);
        kept = seen(5);
        now = at(6);

        assertThat(newest()).isEqualTo(kept);
        assertThat(asked).as("only what is newer is read").containsExactly(at(0));
    }

    @Test
    void itsOwnStaysTheNewestWhileNobodyHasSeenMore() {
        projects.put(project);
        own = seen(0);
        now = at(60);

        assertThat(newest()).isEqualTo(own);
    }

    @Test
    void aNodeThatHasSeenNothingYetTellsWhatWasKept() {
        projects.put(project);
        assertThat(newest()).isEmpty();

        kept = seen(1);
        now = at(2);
        assertThat(newest()).isEqualTo(kept);
        assertThat(asked).containsExactly(Instant.EPOCH, Instant.EPOCH);
    }

    @Test
    void isAskedOncePerIntervalAtMostWhateverTheAnswer() {
        projects.put(project);
        for (int look = 0; look < 3; look++) {
            assertThat(newest()).isEmpty();
        }
        assertThat(asked).hasSize(1);

        kept = seen(1);
        now = at(1);
        assertThat(newest()).as("kept for an interval").isEmpty();
        now = at(2);
        assertThat(newest()).isEqualTo(kept);
        kept = seen(3);
        now = at(3);
        assertThat(newest().map(seen -> seen.snapshot().takenAt())).contains(at(1));
        assertThat(asked).hasSize(2);
    }

    @Test
    void whatWasFetchedIsNoNewerThanWhatThisNodeSeesNext() {
        projects.put(project);
        kept = seen(0);
        now = at(1);
        assertThat(newest()).isEqualTo(kept);

        own = seen(2);
        now = at(2);
        assertThat(newest()).isEqualTo(own);

        kept = seen(9);
        now = at(10);
        assertThat(newest()).as("asked anew after its own was fresh").isEqualTo(kept);
    }

    /** A sample that came in while the answer of the database was remembered. */
    @Test
    void ofTwoStaleOnesTheLaterCounts() {
        projects.put(project);
        kept = seen(1);
        now = at(20);
        assertThat(newest()).isEqualTo(kept);

        own = seen(10);
        now = at(21);
        assertThat(newest()).isEqualTo(own);
    }

    @Test
    void nobodyIsAskedAboutAProjectThatIsNotThere() {
        kept = seen(0);

        assertThat(newest()).isEmpty();
        assertThat(asked).isEmpty();
    }

    private Optional<ProjectSample> newest() {
        return newest.of(project.slug());
    }

    private Optional<ProjectSample> seen(int second) {
        return Optional.of(new ProjectSample(
                new ReplicationSnapshot(
                        project.slug(),
                        at(second),
                        Health.HEALTHY,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        TableCounts.NONE,
                        List.of()),
                List.of(),
                at(second)));
    }

    private static Instant at(int second) {
        return Made.NOON.plusSeconds(second);
    }

    /** This node's. */
    private final class OwnWatches implements WatchedProjects {

        @Override
        public Optional<ProjectSample> last(String slug) {
            return own;
        }

        @Override
        public boolean isWatched(String slug) {
            return true;
        }
    }

    /** Everybody's. */
    private final class KeptSnapshots extends LastSnapshots {

        KeptSnapshots() {
            super(null);
        }

        @Override
        Optional<ProjectSample> find(long id, Instant than) {
            asked.add(than);
            return kept.filter(seen -> seen.snapshot().takenAt().isAfter(than));
        }
    }
}
