package dev.upshift.procedure.internal.verifying;

import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.LinkNames;
import dev.upshift.postgres.Links;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.RecordingPorts;
import dev.upshift.postgres.TableMark;
import dev.upshift.procedure.Plan.GuardResult;
import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.internal.common.GuardBook;
import dev.upshift.procedure.internal.common.KnownSubscription;
import dev.upshift.procedure.internal.common.KnownSubscriptions;
import dev.upshift.procedure.internal.common.LinkBarrier;
import dev.upshift.procedure.internal.common.LinkBarrier.Reading;
import dev.upshift.procedure.internal.common.LinkRecords;
import dev.upshift.procedure.internal.common.MarkedTable;
import dev.upshift.procedure.internal.common.NotCarriedLook;
import dev.upshift.procedure.internal.common.SessionPool;
import dev.upshift.procedure.internal.engine.PlanPorts;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.procedure.internal.engine.RunContext;
import dev.upshift.procedure.internal.engine.Script;
import dev.upshift.procedure.internal.engine.SimpleStep;
import dev.upshift.procedure.internal.engine.Step;
import dev.upshift.procedure.internal.engine.StepOutcome;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.verification.Verifications;
import dev.upshift.verification.Verifications.TableResult;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.Verifications.Verification;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Compares row counts and hashes of every replicated table on both sides, behind barriers. */
@Component
final class Verify implements Procedure {

    private static final Duration BARRIER = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(20);

    private final PostgresSessions sessions;
    private final Catalog catalog;
    private final LinkBarrier barrier;
    private final Links links;
    private final LinkRecords records;
    private final Verifications verifications;

    Verify(
            PostgresSessions sessions,
            Catalog catalog,
            LinkBarrier barrier,
            Links links,
            LinkRecords records,
            Verifications verifications) {
        this.sessions = sessions;
        this.catalog = catalog;
        this.barrier = barrier;
        this.links = links;
        this.records = records;
        this.verifications = verifications;
    }

    @Override
    public ProcedureName name() {
        return ProcedureName.VERIFY;
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.REPLICATING, Phase.CUT_OVER, Phase.ROLLED_BACK);
    }

    @Override
    public Examination examine(Project project) {
        try (SessionPool pool = new SessionPool(sessions, project, PostgresSessions.SHORT)) {
            GuardBook book = new GuardBook();
            for (Side side : Side.values()) {
                book.look("%s-reachable".formatted(side.word()), "The " + side.word() + " answers.", () -> {
                    project.databases().forEach(database -> pool.work(side, database));
                    return List.of();
                });
            }
            if (book.results().stream().allMatch(GuardResult::allowed)) {
                book.tell(
                        "not-carried",
                        "The %s has nothing that is not carried and so not compared."
                                .formatted(project.servingSide().word()),
                        () -> new NotCarriedLook(project, catalog, pool).on(project.servingSide()));
            }
            return Examination.of(book.results());
        }
    }

    @Override
    public Optional<Script> recording(Project project, PlanPorts ports) {
        RecordingPorts servers = ports.servers();
        LinkBarrier recording = new LinkBarrier(servers.helperSchema(), servers.links(), ports.waiting());
        return Optional.of(new Verify(
                        servers.sessions(),
                        servers.catalog(),
                        recording,
                        servers.links(),
                        records.planned(),
                        new PlannedVerifications(project))
                .script(project));
    }

    @Override
    public Script script(Project project) {
        Step step = SimpleStep.step(
                        "compare-tables",
                        "Compare row count and hash of every replicated table of %s on both sides, behind a barrier."
                                .formatted(String.join(" and ", project.databases())),
                        run -> compare(project, run))
                .within(Duration.ofDays(7));
        return new Script() {
            @Override
            public List<Step> steps() {
                return List.of(step);
            }

            @Override
            public String success() {
                return verifications
                        .latest(project.slug())
                        .map(Verify::success)
                        .orElse("The compared tables hold the same rows on both sides.");
            }
        };
    }

    /** Never of all, when not all was compared. */
    static String success(Verification verification) {
        return verification.leftOut().isEmpty()
                ? "All tables hold the same rows on both sides."
                : "The %d tables that were compared hold the same rows on both sides. Left out, because it is not carried: %s."
                        .formatted(verification.tables().size(), String.join("; ", verification.leftOut()));
    }

    private StepOutcome compare(Project project, RunContext run) {
        Side publisher = project.servingSide();
        try (SessionPool pool = new SessionPool(sessions, project, PostgresSessions.SHORT)) {
            Map<String, KnownSubscription> subscriptions = subscriptions(pool, project);
            Map<String, List<MarkedTable>> marks = marks(pool, project, run);
            Verification verification = verifications.verify(
                    project.slug(), database -> level(pool, publisher, database, run), sentence -> {
                        run.stopIfAborted();
                        run.progress(sentence);
                    });
            List<TableResult> wrong = verification.tables().stream()
                    .filter(table -> table.verdict() != Verdict.EQUAL)
                    .toList();
            if (wrong.isEmpty()) {
                marks.forEach((link, tables) -> records.addMarks(project.id(), link, tables));
                subscriptions.forEach((link, seen) -> records.keepSubscription(project.id(), link, seen));
            }
            return wrong.isEmpty()
                    ? StepOutcome.done(
                            verification.tables().size() + " tables are equal on both sides.",
                            Map.of(
                                    "tables",
                                    Integer.toString(verification.tables().size())))
                    : StepOutcome.failed("Not proven equal: %d of %d tables, the first is %s (%s); see the page Verify."
                            .formatted(
                                    wrong.size(),
                                    verification.tables().size(),
                                    wrong.getFirst().name(),
                                    wrong.getFirst().verdict()));
        }
    }

    /** By link, as they were before anything was compared: what they pass over from now on counts. */
    private Map<String, KnownSubscription> subscriptions(SessionPool pool, Project project) {
        Side publisher = project.servingSide();
        KnownSubscriptions known = new KnownSubscriptions(links, records, project.id());
        Map<String, KnownSubscription> subscriptions = new HashMap<>();
        for (String database : project.databases()) {
            String link = LinkNames.link(project.slug(), database, publisher.outbound());
            known.look(pool.work(publisher.other(), database), link).ifPresent(now -> subscriptions.put(link, now));
        }
        return subscriptions;
    }

    /**
     * By link, as all tables were before any of them was compared: what is done to one from now on counts. A TRUNCATE that
     * the side that serves has seen is to have arrived before the other side is looked at.
     */
    private Map<String, List<MarkedTable>> marks(SessionPool pool, Project project, RunContext run) {
        Side publisher = project.servingSide();
        Map<String, List<MarkedTable>> marks = new HashMap<>();
        for (String database : project.databases()) {
            List<TableMark> feeding = links.marks(pool.work(publisher, database));
            level(pool, publisher, database, run);
            marks.put(
                    LinkNames.link(project.slug(), database, publisher.outbound()),
                    MarkedTable.of(feeding, links.marks(pool.work(publisher.other(), database))));
        }
        return marks;
    }

    private void level(SessionPool pool, Side publisher, String database, RunContext run) {
        run.stopIfAborted();
        Reading reading = barrier.await(
                pool.work(publisher, database), pool.work(publisher.other(), database), BARRIER, POLL, () -> true);
        if (!reading.reached()) {
            throw new IllegalStateException("%s is behind: %s was not flushed on the %s within %d s."
                    .formatted(database, reading.end(), publisher.other().word(), BARRIER.toSeconds()));
        }
    }
}
