package dev.upshift.check.internal;

import dev.upshift.pooler.PoolerProcesses;
import dev.upshift.postgres.Catalog.ServerFacts;
import dev.upshift.project.ConnectionTest;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.shared.FanOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Tries all servers and poolers of a draft at once. */
@Component
final class ServersConnectionTest implements ConnectionTest {

    /** Somebody waits for this in front of a form; each single attempt gives up well before. */
    static final Duration ALTOGETHER = Duration.ofSeconds(10);

    private final ClusterTrial clusters;
    private final PoolerTrial poolers;
    private final PoolerProcesses processes;
    private final TriedOverlap overlap;

    ServersConnectionTest(ClusterTrial clusters, PoolerTrial poolers, PoolerProcesses processes, TriedOverlap overlap) {
        this.clusters = clusters;
        this.poolers = poolers;
        this.processes = processes;
        this.overlap = overlap;
    }

    @Override
    public List<FieldProblem> overlaps(ProjectDraft draft, List<Project> others) {
        return inTime(
                        () -> overlap.problems(draft, others),
                        List.of(new FieldProblem("slug", tooLate("What this project shares with others"))))
                .join();
    }

    @Override
    public Report test(ProjectDraft draft) {
        CompletableFuture<ClusterAnswer> source = inTime(
                () -> clusters.source(draft.source(), draft.databases()),
                ClusterAnswer.failed("source.host", tooLate("The source")));
        CompletableFuture<ClusterAnswer> target = inTime(
                () -> clusters.target(draft.target(), draft.databases()),
                ClusterAnswer.failed("target.host", tooLate("The target")));
        List<CompletableFuture<PoolerAnswer>> consoles = IntStream.range(
                        0, draft.poolers().size())
                .mapToObj(index -> inTime(
                        () -> poolers.of(draft, index),
                        PoolerAnswer.failed(
                                "poolers[" + index + "].host",
                                tooLate("Pooler " + draft.poolers().get(index).name()))))
                .toList();
        CompletableFuture<List<String>> several =
                inTime(() -> processes.look(draft.poolers()).sentences(), List.of(tooLate("The poolers' processes")));
        return report(source.join(), target.join(), FanOut.answers(consoles), several.join());
    }

    private static Report report(
            ClusterAnswer source, ClusterAnswer target, List<PoolerAnswer> poolers, List<String> processes) {
        List<FieldProblem> problems = new ArrayList<>();
        problems.addAll(source.problems());
        problems.addAll(target.problems());
        problems.addAll(VersionRules.problems(source.facts(), target.facts()));
        poolers.forEach(pooler -> problems.addAll(pooler.problems()));
        if (source.isThere() && target.isThere()) {
            poolers.forEach(pooler -> problems.addAll(pooler.entries()));
        }
        processes.forEach(objection -> problems.add(new FieldProblem("poolers", objection)));
        for (int index = 0; index < poolers.size(); index++) {
            problems.addAll(VersionRules.problems(
                    "poolers[" + index + "].host", poolers.get(index).version(), source.facts(), target.facts()));
        }
        return new Report(problems, major(source), major(target));
    }

    private static int major(ClusterAnswer answer) {
        ServerFacts facts = answer.facts();
        return facts == null ? 0 : facts.version().major();
    }

    private static <T> CompletableFuture<T> inTime(Supplier<T> trial, T tooLate) {
        return FanOut.atOnce().begin(trial, ALTOGETHER, tooLate);
    }

    private static String tooLate(String who) {
        return "%s could not be examined within %d seconds. Check whether it is overloaded, and try again."
                .formatted(who, ALTOGETHER.toSeconds());
    }
}
