package dev.upshift.switchover.internal.window;

import dev.upshift.check.Finding;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.link.CopyAnew;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.look.LinkLook;
import dev.upshift.switchover.internal.look.MarkedTables;
import dev.upshift.switchover.internal.look.RewrittenTables;
import dev.upshift.switchover.internal.look.RightsLook;
import dev.upshift.switchover.internal.look.SeenLinks;
import dev.upshift.switchover.internal.look.SeenLinks.Seen;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was looked at before the window is looked at again behind the fence, where nobody can change it any more: a table
 * that came in between, with rows that were acknowledged, would stay behind. One sum a side and database, all at once;
 * only where it is another one than before, all is looked at one by one.
 */
public final class LookAgain extends SwitchStep {

    private final SeenLinks seen;
    private final RightsLook rights;
    private final RewrittenTables rewritten;

    public LookAgain(Switch sw, SeenLinks seen, RightsLook rights, RewrittenTables rewritten) {
        super(sw, "look-again", Part.WINDOW, sw.project().settings().pauseBudget());
        this.seen = seen;
        this.rights = rights;
        this.rewritten = rewritten;
    }

    @Override
    public String sentence() {
        return "See behind the fence that nothing has come to the %s that is not carried, that the slot is the same and nobody has altered the subscription, and that nobody has taken a right away."
                .formatted(sw.from().word());
    }

    /** Both begin where nobody can write any more. The barrier works with other sessions, and neither needs the other. */
    @Override
    public boolean isBesidePrevious() {
        return true;
    }

    @Override
    public boolean leavesNothing() {
        return true;
    }

    @Override
    protected StepOutcome act(RunContext run) {
        List<CompletableFuture<List<String>>> beside = Stream.<Supplier<List<String>>>of(
                        this::processes, rewritten::objections)
                .map(look -> sw.fanOut().begin(look))
                .toList();
        try {
            return look(beside);
        } finally {
            beside.forEach(look -> look.exceptionally(failed -> List.of()).join()); // none goes on beside an undo
        }
    }

    /** Only where a port is shared: to any other none can have come without a restart, which loses the PAUSE. */
    private List<String> processes() {
        return seen.sharesPorts()
                ? sw.ports().poolers().processes().look(sw.project().poolers()).sentences()
                : List.of();
    }

    private StepOutcome look(List<CompletableFuture<List<String>>> beside) {
        List<Question> questions = sw.databases().stream()
                .flatMap(database -> Stream.of(Side.values()).map(side -> new Question(side, database)))
                .toList();
        AtomicBoolean rightsChanged = new AtomicBoolean();
        List<Changed> changed = sw.fanOut().map(questions, question -> changed(question, rightsChanged)).stream()
                .flatMap(Optional::stream)
                .toList();
        Set<String> objects = databases(changed, Changed::objects);
        List<String> wrong = new ArrayList<>();
        sw.fanOut()
                .map(List.copyOf(databases(changed, any -> true)), database -> differences(database, objects))
                .forEach(wrong::addAll);
        if (rightsChanged.get()) {
            wrong.addAll(rights.objections(Role.LOOK));
        }
        beside.forEach(look -> wrong.addAll(FanOut.answer(look)));
        if (!wrong.isEmpty()) {
            return StepOutcome.failed("Changed after the guards had looked: " + String.join(" ", wrong));
        }
        return StepOutcome.done(
                changed.isEmpty() && !rightsChanged.get()
                        ? "Nothing has changed since it was looked at."
                        : "Something has changed since it was looked at, everything is carried, and nobody lacks a right.");
    }

    private static Set<String> databases(List<Changed> changed, Predicate<Changed> which) {
        return changed.stream().filter(which).map(Changed::database).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The database if something is not as it was. */
    private Optional<Changed> changed(Question question, AtomicBoolean rightsChanged) {
        if (!rights.isAsNoted(question.side(), question.database())) {
            rightsChanged.set(true);
        }
        Links links = sw.servers().links();
        String database = question.database();
        String link = sw.link(database);
        PostgresSession session = sw.pool().session(question.side(), database, Role.LOOK);
        if (question.side() == sw.to()) {
            return before(database).subscribed().equals(links.subscribedDigest(session, link))
                    ? Optional.empty()
                    : Optional.of(new Changed(database, true));
        }
        String before = before(database).published();
        String now = links.publishedDigest(session, link);
        boolean sameSlot = links.observe(session, link)
                .filter(slot -> slot.continues(before(database).slot()))
                .isPresent();
        return before.equals(now) && sameSlot
                ? Optional.empty()
                : Optional.of(new Changed(database, !sameSlot || !onlyFilesDiffer(before, now)));
    }

    /** TRUNCATE and REINDEX are everyday, and cost clients no more than a look at the tables' marks. */
    static boolean onlyFilesDiffer(String before, String now) {
        return before.contains("/") && objects(before).equals(objects(now)) && !before.equals(now);
    }

    private static String objects(String digest) {
        return digest.substring(0, digest.lastIndexOf('/') + 1);
    }

    private Seen before(String database) {
        return seen.of(database)
                .orElseThrow(
                        () -> new IllegalStateException("Nothing is known of " + database + " before the window."));
    }

    private List<String> differences(String database, Set<String> objects) {
        List<String> wrong = new ArrayList<>();
        if (objects.contains(database)) {
            slot(database).ifPresent(wrong::add);
            LinkLook.altered(sw, database, Role.LOOK).map(Finding::sentence).ifPresent(wrong::add);
            wrong.addAll(
                    Finding.sentences(LinkLook.feeding(sw, database, Role.LOOK).findings()));
        }
        wrong.addAll(Finding.sentences(new MarkedTables(sw).findingsAgain(database)));
        return wrong;
    }

    private Optional<String> slot(String database) {
        Optional<SlotObservation> slot =
                sw.servers().links().observe(sw.pool().session(sw.from(), database, Role.LOOK), sw.link(database));
        if (slot.filter(now -> now.continues(before(database).slot())).isPresent()) {
            return slot.filter(now -> !now.publishesAs(before(database).slot()))
                    .map(now ->
                            ("%s: the publication %s on the %s was altered. What it left out meanwhile may be missing on the %s:"
                                            + " verify, and where tables differ %s.")
                                    .formatted(
                                            database,
                                            sw.link(database),
                                            sw.from().word(),
                                            sw.to().word(),
                                            CopyAnew.THOSE_THAT_DIFFER));
        }
        return Optional.of(
                ("%s: the replication slot %s on the %s %s. What was written in between may be missing on the %s:"
                                + " verify, and where tables differ %s.")
                        .formatted(
                                database,
                                sw.link(database),
                                sw.from().word(),
                                slot.isEmpty() ? "is gone" : "was dropped and made again",
                                sw.to().word(),
                                CopyAnew.THOSE_THAT_DIFFER));
    }

    private record Question(Side side, String database) {}

    /** @param objects whether more is other than before than the files of tables and indexes */
    private record Changed(String database, boolean objects) {}
}
