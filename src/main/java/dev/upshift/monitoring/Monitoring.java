package dev.upshift.monitoring;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The state of replication as it was last seen; never touches a cluster itself, except {@link #sampleNow}. */
public interface Monitoring {

    Optional<ReplicationSnapshot> latest(String slug);

    /** Kept samples since then, oldest first. */
    List<Sample> samples(String slug, Instant since);

    /** The tables of the current direction as last sampled. */
    List<TableProgress> tables(String slug);

    /** Samples at once, for a person who waits for it. */
    ReplicationSnapshot sampleNow(String slug);

    /**
     * One point of the lag chart.
     *
     * @param lagBytes the largest lag over all links of the sample
     */
    record Sample(Instant at, long lagBytes, long retainedBytes, int tablesReady, int tablesTotal) {}
}
