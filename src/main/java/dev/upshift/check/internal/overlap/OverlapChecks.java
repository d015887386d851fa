package dev.upshift.check.internal.overlap;

import dev.upshift.check.Check;
import dev.upshift.check.CheckList;
import dev.upshift.check.CheckOutcome;
import dev.upshift.check.Checks;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a draft must not share with projects that are not over. */
@Component
public final class OverlapChecks implements Checks {

    private final CheckList<ComparedProjects> list = CheckList.of(List.of(new SharedDatabases(), new SharedPoolers()));
    private final PostgresSessions sessions;
    private final Catalog catalog;

    OverlapChecks(PostgresSessions sessions, Catalog catalog) {
        this.sessions = sessions;
        this.catalog = catalog;
    }

    /** Asks about one of the others after the other. */
    public List<CheckOutcome> ask(ProjectDraft draft, List<Project> others) {
        ClusterIdentities clusters = new ClusterIdentities(sessions, catalog);
        return others.stream()
                .flatMap(other -> list.ask(new ComparedProjects(draft, other, clusters)).stream())
                .toList();
    }

    @Override
    public List<? extends Check<?>> all() {
        return list.all();
    }
}
