package dev.upshift.verification.internal.procedure;

import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.engine.procedure.SimpleStep;
import dev.upshift.engine.procedure.Step;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.link.LinkBarrier;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.TableMark;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Project;
import dev.upshift.records.KnownSubscription;
import dev.upshift.records.LinkRecords;
import dev.upshift.records.MarkedTable;
import dev.upshift.shared.Side;
import dev.upshift.transfer.link.KnownSubscriptions;
import dev.upshift.verification.Verifications;
import dev.upshift.verification.Verifications.TableResult;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.Verifications.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The one step of a comparison. */
final class VerifyScript implements Script {

    private static final Duration BARRIER = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Project project;
    private final Verifications verifications;
    private final Ports ports;
    private final LinkBarrier barrier;

    /** Whose rows are compared with what follows it. */
    private final Side publisher;

    VerifyScript(Project project, Verifications verifications, Ports ports) {
        this.project = project;
        this.verifications = verifications;
        this.ports = ports;
        this.barrier =
                new LinkBarrier(ports.servers().helperSchema(), ports.servers().links(), ports.waiting());
        this.publisher = project.servingSide();
    }

    @Override
    public List<Step> steps() {
        return List.of(SimpleStep.step(
                        "compare-tables",
                        "Compare row count and hash of every replicated table of %s on both sides, behind a barrier."
                                .formatted(String.join(" and ", project.databases())),
                        this::compare)
                .within(Duration.ofDays(7)));
    }

    @Override
    public String success() {
        return verifications
                .latest(project.slug())
                .map(VerifyScript::success)
                .orElse("The compared tables hold the same rows on both sides.");
    }

    /** Never of all, when not all was compared. */
    static String success(Verification verification) {
        return verification.leftOut().isEmpty()
                ? "All tables hold the same rows on both sides."
                : "The %d tables that were compared hold the same rows on both sides. Left out, because it is not carried: %s."
                        .formatted(verification.tables().size(), String.join("; ", verification.leftOut()));
    }

    private StepOutcome compare(RunContext run) {
        try (SessionPool pool = new SessionPool(ports, project, PostgresSessions.SHORT)) {
            Map<String, KnownSubscription> subscriptions = subscriptions(pool);
            Map<String, List<MarkedTable>> marks = marks(pool, run);
            Verification verification = ports.timing().lengthy(() -> verify(pool, run), () -> onlyBarriers(pool, run));
            List<TableResult> wrong = verification.tables().stream()
                    .filter(table -> table.verdict() != Verdict.EQUAL)
                    .toList();
            if (wrong.isEmpty()) {
                marks.forEach((link, tables) -> records().addMarks(project.id(), link, tables));
                subscriptions.forEach((link, seen) -> records().keepSubscription(project.id(), link, seen));
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
    private Map<String, KnownSubscription> subscriptions(SessionPool pool) {
        KnownSubscriptions known = new KnownSubscriptions(links(), records(), project.id());
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
    private Map<String, List<MarkedTable>> marks(SessionPool pool, RunContext run) {
        Map<String, List<MarkedTable>> marks = new HashMap<>();
        for (String database : project.databases()) {
            List<TableMark> feeding = links().marks(pool.work(publisher, database));
            level(pool, database, run);
            marks.put(
                    LinkNames.link(project.slug(), database, publisher.outbound()),
                    MarkedTable.of(feeding, links().marks(pool.work(publisher.other(), database))));
        }
        return marks;
    }

    private void level(SessionPool pool, String database, RunContext run) {
        run.stopIfAborted();
        LinkBarrier.Reading reading = barrier.await(
                pool.work(publisher, database), pool.work(publisher.other(), database), BARRIER, POLL, () -> true);
        if (!reading.reached()) {
            throw new IllegalStateException("%s is behind: %s was not flushed on the %s within %d s."
                    .formatted(database, reading.end(), publisher.other().word(), BARRIER.toSeconds()));
        }
    }

    private Verification verify(SessionPool pool, RunContext run) {
        return verifications.verify(project.slug(), database -> level(pool, database, run), sentence -> {
            run.stopIfAborted();
            run.progress(sentence);
        });
    }

    /** All that a comparison changes are its barriers, of which it takes several per database: so a plan has only these. */
    private Verification onlyBarriers(SessionPool pool, RunContext run) {
        for (String database : project.databases()) {
            level(pool, database, run);
            level(pool, database, run);
        }
        return new Verification(project.slug(), Instant.EPOCH, Instant.EPOCH, List.of());
    }

    private Links links() {
        return ports.servers().links();
    }

    private LinkRecords records() {
        return ports.records().links();
    }
}
