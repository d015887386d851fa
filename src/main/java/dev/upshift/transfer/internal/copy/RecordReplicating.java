package dev.upshift.transfer.internal.copy;

import dev.upshift.check.Finding;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import dev.upshift.records.CarriedTable;
import dev.upshift.shared.Side;
import dev.upshift.transfer.link.CarriedLink;
import dev.upshift.transfer.link.LinkDifferences.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Looks whether the links are as they were made, and records that the target follows over them. */
final class RecordReplicating extends ReplicateStep {

    /** What only a copy brings back. */
    private static final Set<Reason> LEFT_OUT = EnumSet.of(Reason.TAKEN_OUT, Reason.PUT_BACK, Reason.MADE_AGAIN);

    private final Project project;
    private final NotedCopies copies;
    private final PublicationWriters writers;
    private final List<String> doubts = new CopyOnWriteArrayList<>();

    RecordReplicating(ForwardLinks links) {
        super(links, "record-phase", SHORTLY);
        this.project = links.project();
        this.copies = new NotedCopies(links);
        this.writers = new PublicationWriters(links);
    }

    @Override
    public String sentence() {
        return "See that no table has left the link since it was made, and record that the target follows.";
    }

    @Override
    public StepOutcome perform(RunContext run) {
        doubts.clear();
        List<String> wrong = links.databases().stream()
                .flatMap(database -> remember(run, database).stream())
                .toList();
        if (!wrong.isEmpty()) {
            return StepOutcome.failed("Since the link was made: " + String.join(" ", wrong));
        }
        Projects projects = links.ports().projects();
        if (projects.get(project.slug()).phase() != Phase.REPLICATING) {
            projects.transition(project.slug(), Phase.REPLICATING, Side.SOURCE);
        }
        return StepOutcome.done("The target follows the source." + doubts());
    }

    /** What has to be looked at before a cutover, in sentences that each begin with a space. */
    String doubts() {
        return String.join("", doubts);
    }

    /**
     * So that a slot or a table that is made again later is told from the one that was used to copy.
     *
     * @return which tables are not sent as they were when the link was made, in sentences
     */
    private List<String> remember(RunContext run, String database) {
        String name = links.name(database);
        links.records().begins(project.id(), name);
        Optional<SlotObservation> slot =
                links.onSource(database, session -> links.onServers().observe(session, name));
        slot.ifPresent(seen -> links.records().see(project.id(), name, seen));
        CarriedLink link = copies.note(database);
        List<String> wrong = new ArrayList<>(Finding.sentences(link.ends()));
        wrong.addAll(Finding.sentences(link.findings(LEFT_OUT)));
        if (wrong.isEmpty()) {
            links.records()
                    .keepTables(
                            project.id(),
                            name,
                            CarriedTable.known(
                                    links.records().tables(project.id(), name).orElse(Map.of()),
                                    link.published(),
                                    link.subscribed()));
        }
        if (writers.isAltered(run.facts(), database, slot)) {
            links.records().doubt(project.id(), name);
            doubts.add(PublicationWriters.altered(database, name));
        }
        links.onTarget(database, session -> links.subscriptions().altered(session, database, name, Side.SOURCE))
                .ifPresent(altered -> doubts.add(" %s No cutover before that.".formatted(altered.sentence())));
        return wrong;
    }
}
