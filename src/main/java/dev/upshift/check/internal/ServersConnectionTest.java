package dev.upshift.check.internal;

import dev.upshift.check.internal.cluster.ClusterTrial;
import dev.upshift.check.internal.draft.TriedCluster;
import dev.upshift.check.internal.draft.TriedDraft;
import dev.upshift.check.internal.draft.TriedPooler;
import dev.upshift.check.internal.overlap.OverlapChecks;
import dev.upshift.check.internal.pooler.PoolerTrial;
import dev.upshift.pooler.PoolerProcess.Objection;
import dev.upshift.pooler.PoolerProcesses;
import dev.upshift.pooler.PoolerProcesses.Processes;
import dev.upshift.project.Cluster;
import dev.upshift.project.ConnectionTest;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Tries all servers and poolers of a draft at once, and asks the checks about their answers. */
@Component
final class ServersConnectionTest implements ConnectionTest {

    /** Somebody waits for this in front of a form; each single attempt gives up well before. */
    static final Duration ALTOGETHER = Duration.ofSeconds(10);

    private static final String TOO_LATE = "could not be examined within %d seconds.".formatted(ALTOGETHER.toSeconds());
    private static final String WAIT = "Check whether it is overloaded, and try again.";

    private final ClusterTrial clusters;
    private final PoolerTrial poolers;
    private final PoolerProcesses processes;
    private final SavingChecks checks;
    private final OverlapChecks overlap;

    ServersConnectionTest(
            ClusterTrial clusters,
            PoolerTrial poolers,
            PoolerProcesses processes,
            SavingChecks checks,
            OverlapChecks overlap) {
        this.clusters = clusters;
        this.poolers = poolers;
        this.processes = processes;
        this.checks = checks;
        this.overlap = overlap;
    }

    @Override
    public List<FieldProblem> overlaps(ProjectDraft draft, List<Project> others) {
        return inTime(
                        () -> Answers.problems(overlap.ask(draft, others)),
                        List.of(new FieldProblem(
                                "slug", "What this project shares with others %s %s".formatted(TOO_LATE, WAIT))))
                .join();
    }

    @Override
    public Report test(ProjectDraft draft) {
        TriedDraft tried = tried(draft);
        return new Report(
                checks.problems(tried), tried.source().major(), tried.target().major());
    }

    /** All of them at once. */
    TriedDraft tried(ProjectDraft draft) {
        CompletableFuture<TriedCluster> source = cluster(Side.SOURCE, draft.source(), draft);
        CompletableFuture<TriedCluster> target = cluster(Side.TARGET, draft.target(), draft);
        List<CompletableFuture<TriedPooler>> consoles = IntStream.range(
                        0, draft.poolers().size())
                .mapToObj(index -> pooler(draft, index))
                .toList();
        CompletableFuture<Processes> several = inTime(() -> processes.look(draft.poolers()), processesTooLate());
        return new TriedDraft(draft, source.join(), target.join(), FanOut.answers(consoles), several.join());
    }

    private CompletableFuture<TriedCluster> cluster(Side side, Cluster cluster, ProjectDraft draft) {
        return inTime(
                () -> clusters.of(side, cluster, draft.databases()),
                TriedCluster.failed(side, "This cluster " + TOO_LATE, WAIT));
    }

    private CompletableFuture<TriedPooler> pooler(ProjectDraft draft, int index) {
        PoolerAddress address = draft.poolers().get(index);
        return inTime(
                () -> poolers.of(draft, index),
                TriedPooler.failed(index, address, "Pooler %s %s".formatted(address.name(), TOO_LATE), WAIT));
    }

    private static Processes processesTooLate() {
        return new Processes(List.of(new Objection("poolers", List.of(), "their processes " + TOO_LATE, WAIT)), true);
    }

    private static <T> CompletableFuture<T> inTime(Supplier<T> trial, T tooLate) {
        return FanOut.atOnce().begin(trial, ALTOGETHER, tooLate);
    }
}
