package dev.upshift.dashboard.preview;

import dev.upshift.project.InvalidProject;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.Projects;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Keeps nothing; remembers the last draft, and refuses hosts that are named {@code nowhere}. */
public final class PreviewProjects implements Projects {

    private final MadeUpProjects madeUp;
    private final List<ProjectDraft> drafts = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();

    PreviewProjects(MadeUpProjects madeUp) {
        this.madeUp = madeUp;
    }

    /** What was to be registered or changed, last first. */
    public List<ProjectDraft> drafts() {
        return drafts.reversed();
    }

    public List<String> removed() {
        return removed;
    }

    @Override
    public List<Project> all() {
        return madeUp.all().stream()
                .map(MadeUp::project)
                .sorted(Comparator.comparing(Project::name))
                .toList();
    }

    @Override
    public Optional<Project> bySlug(String slug) {
        return madeUp.find(slug).map(MadeUp::project);
    }

    @Override
    public Project register(ProjectDraft draft) {
        remember(draft);
        return madeUp.find("shop").orElseThrow().project();
    }

    @Override
    public Project change(String slug, ProjectDraft draft) {
        get(slug);
        remember(draft);
        return get(slug);
    }

    @Override
    public void remove(String slug) {
        if (get(slug).phase() != Phase.DRAFT) {
            throw new InvalidProject(List.of(
                    new FieldProblem("phase", "Something of ours may still be on the servers. Abandon it first.")));
        }
        removed.add(slug);
    }

    @Override
    public Project transition(String slug, Phase next, Side servingSide) {
        throw new UnsupportedOperationException();
    }

    private void remember(ProjectDraft draft) {
        drafts.add(draft);
        List<FieldProblem> problems = new ArrayList<>();
        if ("nowhere".equals(draft.source().endpoint().host())) {
            problems.add(new FieldProblem(
                    "source.host", "The host nowhere is not known. Check the name, or use the address."));
        }
        for (int i = 0; i < draft.poolers().size(); i++) {
            if (draft.poolers().get(i).console().password().isBlank()) {
                problems.add(new FieldProblem(
                        "poolers[%d].password".formatted(i), "The console needs a password for this user."));
            }
        }
        if ("strange".equals(draft.slug())) {
            problems.add(new FieldProblem("somewhere.else", "Something without a field of its own is wrong."));
        }
        if (!problems.isEmpty()) {
            throw new InvalidProject(problems);
        }
    }
}
