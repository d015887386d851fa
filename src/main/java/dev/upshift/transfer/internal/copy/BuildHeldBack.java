package dev.upshift.transfer.internal.copy;

import dev.upshift.check.Finding;
import dev.upshift.check.replication.AlwaysTriggers;
import dev.upshift.engine.procedure.Reasons;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.schema.SchemaCopy.SchemaArchive;
import dev.upshift.project.Project;
import dev.upshift.records.HeldBackSchemas;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds what was held back for the copy, database by database, while apply rests there. */
final class BuildHeldBack extends ReplicateStep {

    private final Project project;
    private final HeldBackSchemas heldBack;
    private final FirstMarks marks;

    BuildHeldBack(ForwardLinks links) {
        super(links, "build-held-back", COPY);
        this.project = links.project();
        this.heldBack = links.ports().records().heldBack();
        this.marks = new FirstMarks(links);
    }

    @Override
    public String sentence() {
        return "Build the indexes, constraints and triggers that were held back, %d at a time."
                .formatted(project.settings().copyJobs());
    }

    @Override
    public StepOutcome perform(RunContext run) {
        int built = 0;
        List<String> resting = new ArrayList<>();
        for (String database : links.databases()) {
            Optional<SchemaArchive> archive = heldBack.find(project.id(), database);
            if (archive.isPresent()) {
                List<String> firing = build(database, archive.get(), run);
                resting.addAll(firing);
                if (firing.isEmpty()) {
                    built += archive.get().heldBackCount();
                    heldBack.forget(project.id(), database);
                }
            }
        }
        return resting.isEmpty()
                ? StepOutcome.done(built + " indexes, constraints and triggers are built.")
                : StepOutcome.failed("All is built. " + rests(resting));
    }

    private static String rests(List<String> firing) {
        return "%s Replication rests there until then, and the source keeps its log."
                .formatted(String.join(" ", firing));
    }

    /** Apply rests meanwhile: a foreign key being built and apply can deadlock, and the loser may be apply. */
    private List<String> build(String database, SchemaArchive archive, RunContext run) {
        links.subscriptions().beforeAltering(links.target(database), links.name(database));
        links.onServers().disable(links.target(database), links.name(database));
        try {
            links.ports()
                    .servers()
                    .schemaCopy()
                    .buildHeldBack(
                            archive,
                            project.target().endpoint(),
                            database,
                            project.settings().copyJobs(),
                            run::progress);
        } catch (RuntimeException failed) {
            List<String> firing = goOn(database);
            if (!firing.isEmpty()) {
                throw new IllegalStateException(Reasons.of(failed) + " " + rests(firing), failed);
            }
            throw failed;
        }
        return goOn(database);
    }

    /**
     * Lets apply go on, unless a trigger that was built fires for what it brings: it was copied as it was then, whatever
     * has been done to it on the source since the schema was copied.
     *
     * @return what keeps it from going on
     */
    private List<String> goOn(String database) {
        return links.onTarget(database, session -> {
            List<String> firing =
                    AlwaysTriggers.unaccepted(
                                    project, links.ports().servers().catalog(), Side.TARGET, database, session)
                            .stream()
                            .map(Finding::sentence)
                            .toList();
            if (firing.isEmpty()) {
                marks.noteCopies(session, database);
                links.subscriptions().beforeAltering(session, links.name(database));
                links.onServers().enable(session, links.name(database));
            }
            return firing;
        });
    }
}
