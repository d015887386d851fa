package dev.upshift.check.internal.draft;

import dev.upshift.check.CheckResult;
import dev.upshift.check.CheckResult.NotApplicable;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspected;
import dev.upshift.check.Place;
import dev.upshift.pooler.PoolerProcesses.Processes;
import dev.upshift.project.Acceptance;
import dev.upshift.project.ProjectDraft;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What all servers and poolers of a draft answered when they were tried, all at once.
 *
 * @param processes those that answer for the poolers
 */
public record TriedDraft(
        ProjectDraft draft, TriedCluster source, TriedCluster target, List<TriedPooler> poolers, Processes processes)
        implements Inspected {

    public TriedDraft {
        poolers = List.copyOf(poolers);
    }

    @Override
    public boolean accepts(Acceptance finding) {
        return draft.settings().accepts(finding);
    }

    public Stream<TriedCluster> clusters() {
        return Stream.of(source, target);
    }

    /**
     * What is found of the entries of every pooler whose configuration could be read. It says nothing of a cluster whose
     * address is wrong, so nobody asks while one is not there.
     */
    public CheckResult entries(Function<TriedPooler, List<Finding>> look) {
        if (clusters().anyMatch(cluster -> !cluster.isThere())) {
            return new NotApplicable("Where entries lead cannot be told before both clusters answer.");
        }
        return CheckResult.of(poolers.stream()
                .filter(pooler -> pooler.mapped().isPresent())
                .flatMap(pooler -> look.apply(pooler).stream()
                        .map(found -> found.in(TriedPooler.field(pooler.index(), "config.path"))))
                .toList());
    }

    /** What is found of every pooler whose release is known. */
    public CheckResult running(BiFunction<TriedPooler, PoolerVersion, Optional<Finding>> look) {
        return CheckResult.of(poolers.stream()
                .flatMap(pooler -> pooler
                        .running()
                        .flatMap(running -> PoolerVersion.parse(running.version()))
                        .flatMap(version -> look.apply(pooler, version))
                        .stream())
                .toList());
    }

    /** Where something was found, among places of its kind. */
    public int position(Place place) {
        if (place.side() != null) {
            return place.side() == Side.SOURCE ? 0 : 1;
        }
        return draft.poolers().stream().map(PoolerAddress::name).toList().indexOf(place.pooler());
    }
}
