package dev.upshift.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A whole world to upgrade: a source cluster with the schema {@code shop}, a target cluster with an empty database of
 * that name and without the application's role, poolers in front of the source, and, once started, writers.
 *
 * <p>Everything in it ends with {@link #close()}, or with the JVM. What a killed JVM leaves behind, the next world
 * clears.
 */
public final class LabWorld implements AutoCloseable {

    private final LabDirectory directory;
    private final Thread atExit = new Thread(this::closeQuietly, "lab-world-at-exit");
    private final List<LedgerWriters> writers = new ArrayList<>();
    private @Nullable PostgresCluster source;
    private @Nullable PostgresCluster target;
    private List<PgBouncer> poolers = List.of();
    private boolean closed;

    private LabWorld(LabDirectory directory) {
        this.directory = directory;
    }

    /** Describes a world from PostgreSQL 13 to 17 with two poolers. */
    public static Builder builder() {
        return new Builder();
    }

    /** The cluster on the old major. */
    public PostgresCluster source() {
        return started(source);
    }

    /** The cluster on the new major. */
    public PostgresCluster target() {
        return started(target);
    }

    /** All poolers: {@code bouncer-a}, {@code bouncer-b} and so on. */
    public List<PgBouncer> poolers() {
        return poolers;
    }

    /** One of the poolers, from 0. */
    public PgBouncer pooler(int index) {
        return poolers.get(index);
    }

    /** Where another server or pooler of this world may live; whoever starts it ends it. */
    public LabDirectory lab() {
        return directory;
    }

    /** The directory that all this lives in, and that goes with it. */
    public Path directory() {
        return directory.path();
    }

    /** Where the logs of its servers are; they stay. */
    public Path logs() {
        return LabLogs.folder(directory);
    }

    /** Starts writers through all poolers; the lab keeps their journals and ends them when it closes. */
    public LedgerWriters startWriters(UnaryOperator<LedgerWriters.Builder> settings) {
        LedgerWriters started =
                settings.apply(LedgerWriters.through(poolers, journals())).start();
        writers.add(started);
        return started;
    }

    /** Starts this many clients who make this many transactions per second all together. */
    public LedgerWriters startWriters(int clients, int perSecond) {
        return startWriters(settings -> settings.clients(clients).perSecond(perSecond));
    }

    /** The proof by the journals of all writers that this world has had. */
    public LedgerProof proof() {
        return LedgerProof.by(journals());
    }

    /** Holds the writers back, holds a server to all that they were told, and lets them go on. */
    public LedgerReport assertNothingLost(PostgresCluster serving) {
        writers.forEach(LedgerWriters::pause);
        try {
            return proof().assertHolds(serving);
        } finally {
            writers.forEach(LedgerWriters::resume);
        }
    }

    /** Holds the writers back until both sides hold the same data, and lets them go on. */
    public void assertBothSidesEqual(Duration atMost) {
        writers.forEach(LedgerWriters::pause);
        try {
            SidesComparison.of(source(), target()).assertEqualWithin(atMost);
        } finally {
            writers.forEach(LedgerWriters::resume);
        }
    }

    /** Ends writers, poolers and clusters, and deletes all that they have written but their logs. */
    @Override
    public void close() {
        closeQuietly();
        leaveExitToCaller();
    }

    /** Has this world no longer close by itself when the JVM ends: the caller does, who has to end something else first. */
    void leaveExitToCaller() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyShuttingDown) {
            // then it runs anyway, and finds nothing to do
        }
    }

    private synchronized void closeQuietly() {
        if (closed) {
            return;
        }
        closed = true;
        poolers.forEach(PgBouncer::close);
        writers.forEach(LabWorld::end);
        List<PostgresCluster> clusters = new ArrayList<>();
        if (source != null) {
            clusters.add(source);
        }
        if (target != null) {
            clusters.add(target);
        }
        clusters.forEach(PostgresCluster::close);
        directory.close();
    }

    private static void end(LedgerWriters writers) {
        try {
            writers.stop();
        } catch (IllegalStateException hanging) {
            // their connections end with the poolers
        }
    }

    private Path journals() {
        return directory.path().resolve("journals");
    }

    private static PostgresCluster started(@Nullable PostgresCluster cluster) {
        if (cluster == null) {
            throw new IllegalStateException("This world has no such cluster");
        }
        return cluster;
    }

    /** What the world is to be like. */
    public static final class Builder {

        private int sourceMajor = 13;
        private int targetMajor = 17;
        private int poolers = 2;
        private LedgerSchema schema = LedgerSchema.PLAIN;
        private boolean durable = true;
        private boolean preparedTarget;
        private final List<Consumer<PostgresCluster.Builder>> clusterSettings = new ArrayList<>();
        private final List<Consumer<PgBouncer.Builder>> poolerSettings = new ArrayList<>();

        private Builder() {}

        /** The major of the source; 13 unless said otherwise. */
        public Builder source(int major) {
            this.sourceMajor = major;
            return this;
        }

        /** The major of the target; 17 unless said otherwise. */
        public Builder target(int major) {
            this.targetMajor = major;
            return this;
        }

        /** The number of poolers; two unless said otherwise. */
        public Builder poolers(int number) {
            this.poolers = number;
            return this;
        }

        /** What is in the source's database; {@link LedgerSchema#PLAIN} unless said otherwise. */
        public Builder schema(LedgerSchema schema) {
            this.schema = schema;
            return this;
        }

        /** Whether commits wait for the disk; true unless said otherwise, and true is what honest times need. */
        public Builder durable(boolean durable) {
            this.durable = durable;
            return this;
        }

        /** Gives the target the application's role and the schema too, with the rows it has from the start removed. */
        public Builder preparedTarget() {
            this.preparedTarget = true;
            return this;
        }

        /** Sets something on both clusters. */
        public Builder clusters(Consumer<PostgresCluster.Builder> setting) {
            clusterSettings.add(setting);
            return this;
        }

        /** Sets something on all poolers. */
        public Builder poolers(Consumer<PgBouncer.Builder> setting) {
            poolerSettings.add(setting);
            return this;
        }

        /** Starts everything but the writers. */
        public LabWorld start() {
            LabDirectory directory = LabDirectory.create();
            LabWorld world = new LabWorld(directory);
            Runtime.getRuntime().addShutdownHook(world.atExit);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                PostgresCluster.Builder source = cluster("source", sourceMajor, directory);
                PostgresCluster.Builder target = cluster("target", targetMajor, directory);
                CompletableFuture<PostgresCluster> starting =
                        CompletableFuture.supplyAsync(() -> startSource(source), threads);
                CompletableFuture<List<PgBouncer>> pooling =
                        CompletableFuture.supplyAsync(() -> startPoolers(source.port(), directory), threads);
                world.target = startTarget(target);
                world.source = starting.join();
                world.poolers = pooling.join();
                return world;
            } catch (CompletionException e) {
                world.close();
                throw new IllegalStateException("The lab does not start: " + e.getCause(), e.getCause());
            } catch (RuntimeException e) {
                world.close();
                throw e;
            }
        }

        private PostgresCluster.Builder cluster(String name, int major, LabDirectory directory) {
            PostgresCluster.Builder cluster =
                    PostgresCluster.of(major, directory).named(name).durable(durable);
            clusterSettings.forEach(setting -> setting.accept(cluster));
            return cluster;
        }

        private PostgresCluster startSource(PostgresCluster.Builder source) {
            PostgresCluster cluster = source.start();
            schema.create(cluster);
            return cluster;
        }

        private PostgresCluster startTarget(PostgresCluster.Builder target) {
            PostgresCluster cluster = target.start();
            if (preparedTarget) {
                schema.create(cluster);
                LedgerSchema.empty(cluster);
            } else {
                LedgerSchema.createDatabase(cluster);
            }
            return cluster;
        }

        private List<PgBouncer> startPoolers(int port, LabDirectory directory) {
            List<PgBouncer> started = new ArrayList<>();
            for (int index = 0; index < poolers; index++) {
                PgBouncer.Builder pooler = PgBouncer.named("bouncer-" + (char) ('a' + index), directory)
                        .database(LedgerSchema.DATABASE, port);
                poolerSettings.forEach(setting -> setting.accept(pooler));
                started.add(pooler.start());
            }
            return started;
        }
    }
}
