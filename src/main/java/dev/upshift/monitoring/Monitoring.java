package dev.upshift.monitoring;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of replication as it was last seen; never touches a cluster itself, except {@link #sampleNow}. */
public interface Monitoring {

    /** Empty until the project was first sampled, a few seconds after it was registered. */
    Optional<ReplicationSnapshot> latest(String slug);

    /** Kept samples since then, oldest first; thinned with age, the largest lag of each span kept. */
    List<Sample> samples(String slug, Instant since);

    /** All tables of the current direction as last sampled, by database and name. */
    List<TableProgress> tables(String slug);

    /** Those of {@link #tables(String)} that a person wants to see, page by page. */
    TablePage tables(String slug, TableQuery query);

    /**
     * Samples at once, for a person or a guard that waits for it. Takes as long as the slowest side, a few seconds at
     * most.
     *
     * @throws dev.upshift.project.ProjectNotFound if there is none
     */
    ReplicationSnapshot sampleNow(String slug);

    /**
     * One point of the lag chart.
     *
     * @param lagBytes the largest lag over all links of the sample; null when it could not be told
     * @param retainedBytes the most WAL that a slot held back; null when it could not be told
     */
    record Sample(
            Instant at, @Nullable Long lagBytes, @Nullable Long retainedBytes, int tablesReady, int tablesTotal) {}
}
