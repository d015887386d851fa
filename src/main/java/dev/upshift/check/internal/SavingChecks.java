package dev.upshift.check.internal;

import dev.upshift.check.Check;
import dev.upshift.check.CheckList;
import dev.upshift.check.CheckOutcome;
import dev.upshift.check.Checks;
import dev.upshift.check.Place;
import dev.upshift.check.internal.cluster.DifferentClusters;
import dev.upshift.check.internal.cluster.LettingIn;
import dev.upshift.check.internal.cluster.LogicalWal;
import dev.upshift.check.internal.cluster.NewerTarget;
import dev.upshift.check.internal.cluster.PrimaryServers;
import dev.upshift.check.internal.cluster.SupportedVersions;
import dev.upshift.check.internal.draft.TriedDraft;
import dev.upshift.check.internal.pooler.AnsweringConsoles;
import dev.upshift.check.internal.pooler.CarriedParameters;
import dev.upshift.check.internal.pooler.EntriesMappable;
import dev.upshift.check.internal.pooler.EntriesPresent;
import dev.upshift.check.internal.pooler.EntriesRunning;
import dev.upshift.check.internal.pooler.LeftEntries;
import dev.upshift.check.internal.pooler.MinimalPools;
import dev.upshift.check.internal.pooler.OneProcessEach;
import dev.upshift.check.internal.pooler.PoolerRelease;
import dev.upshift.check.internal.pooler.SessionPooled;
import dev.upshift.check.internal.pooler.UsableConfigurations;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.shared.Side;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is asked of the servers and poolers of a draft before it is saved, in the order in which it is told. */
@Component
final class SavingChecks implements Checks {

    /** Of the clusters by themselves. */
    private static final CheckList<TriedDraft> CLUSTERS =
            CheckList.of(List.of(new LettingIn(), new PrimaryServers(), new LogicalWal()));

    /** Of the two together; whatever is wrong first makes the others pointless. */
    private static final CheckList<TriedDraft> VERSIONS = CheckList.of(List.of(
            new DifferentClusters(),
            new SupportedVersions(Side.SOURCE),
            new SupportedVersions(Side.TARGET),
            new NewerTarget()));

    private static final CheckList<TriedDraft> POOLERS =
            CheckList.of(List.of(new UsableConfigurations(), new AnsweringConsoles()));

    private static final CheckList<TriedDraft> ENTRIES = CheckList.of(List.of(
            new EntriesPresent(),
            new EntriesMappable(),
            new EntriesRunning(),
            new SessionPooled(),
            new MinimalPools(),
            new LeftEntries()));

    private static final CheckList<TriedDraft> PROCESSES = CheckList.of(List.of(new OneProcessEach()));

    private static final CheckList<TriedDraft> RELEASES =
            CheckList.of(List.of(new PoolerRelease(), new CarriedParameters()));

    private static final List<CheckList<TriedDraft>> PARTS =
            List.of(CLUSTERS, VERSIONS, POOLERS, ENTRIES, PROCESSES, RELEASES);

    List<CheckOutcome> ask(TriedDraft tried) {
        return PARTS.stream().flatMap(part -> part.ask(tried).stream()).toList();
    }

    /** What the checks of one part find is told cluster by cluster, or pooler by pooler. */
    List<FieldProblem> problems(TriedDraft tried) {
        Comparator<Place> places = Comparator.comparingInt(tried::position);
        return PARTS.stream()
                .flatMap(part -> Answers.problems(part.ask(tried), places).stream())
                .toList();
    }

    @Override
    public List<? extends Check<?>> all() {
        return PARTS.stream().flatMap(part -> part.all().stream()).toList();
    }
}
