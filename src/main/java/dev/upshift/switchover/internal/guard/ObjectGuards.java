package dev.upshift.switchover.internal.guard;

import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.WorkerErrors.Told;
import dev.upshift.records.CarriedTable;
import dev.upshift.records.KnownSubscriber;
import dev.upshift.records.LinkRecords;
import dev.upshift.records.SlotContinuity.Doubt;
import dev.upshift.shared.TableName;
import dev.upshift.switchover.internal.look.LinkLook;
import dev.upshift.switchover.internal.look.MarkedTables;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.transfer.link.CarriedLink;
import dev.upshift.transfer.link.FailingCopies;
import dev.upshift.transfer.link.LinkDifferences.Reason;
import dev.upshift.verification.Verifications;
import dev.upshift.verification.Verifications.Verification;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Whether the link of every database carries all that the side that is left has, and has done so without a break. The
 * same is looked at again behind the fence ({@link LookAgain}).
 */
public final class ObjectGuards {

    private static final Set<Reason> OTHERS = EnumSet.of(
            Reason.PUT_BACK,
            Reason.IN_PART,
            Reason.MISSING,
            Reason.UNLOGGED,
            Reason.UNLOGGED_THERE,
            Reason.MADE_AGAIN,
            Reason.NEVER_COPIED);

    private final Switch sw;
    private final LinkRecords records;
    private final Verifications verifications;

    ObjectGuards(Switch sw, Verifications verifications) {
        this.sw = sw;
        this.records = sw.records().links();
        this.verifications = verifications;
    }

    void look(GuardBook book) {
        Supplier<List<CarriedLink>> links =
                once(() -> sw.fanOut().map(sw.databases(), database -> LinkLook.feeding(sw, database, Role.WORK)));
        book.look(
                "tables-published",
                "Every table is in the publication.",
                () -> each(links, link -> link.objections(EnumSet.of(Reason.UNPUBLISHED, Reason.TAKEN_OUT))));
        book.look("tables-ready", "All tables are copied and follow.", () -> each(links, this::notReady));
        book.look(
                "new-objects",
                "Every table is the one that was copied, on both sides, and is carried whole.",
                () -> each(links, this::others));
        book.look(
                "slot-continuity",
                "The slot of every link is the one that was made for it, and nobody has altered its publication or its subscription.",
                () -> sw.databases().stream()
                        .flatMap(database -> Stream.of(
                                doubt(sw, database, this::settled), LinkLook.altered(sw, database, Role.WORK)))
                        .flatMap(Optional::stream)
                        .toList());
        book.look(
                "tables-unaltered",
                "Since both sides were known to be equal, no table of the %s was written anew, renamed or given other columns, and none of the %s renamed, dropped, copied again or given other columns or triggers."
                        .formatted(sw.from().word(), sw.to().word()),
                () -> new MarkedTables(sw).objections(MarkedTables.ARRIVAL));
    }

    private static List<String> each(Supplier<List<CarriedLink>> links, Function<CarriedLink, List<String>> look) {
        return links.get().stream().flatMap(link -> look.apply(link).stream()).toList();
    }

    /** Looks at most once, and only when somebody asks. */
    private static <T> Supplier<T> once(Supplier<T> look) {
        Map<String, T> seen = new HashMap<>();
        return () -> seen.computeIfAbsent("", first -> look.get());
    }

    private List<String> notReady(CarriedLink link) {
        List<String> wrong = new ArrayList<>(link.objections(EnumSet.of(Reason.UNSUBSCRIBED, Reason.NOT_READY)));
        failing(link).ifPresent(wrong::add);
        return wrong;
    }

    /**
     * A copy without a worker has failed or is just being handed over: the log tells. What it says of a copy that has a
     * worker may be of days ago.
     */
    private Optional<String> failing(CarriedLink link) {
        List<TableName> copying = link.differences().of(Reason.NOT_READY);
        if (copying.isEmpty()) {
            return Optional.empty();
        }
        PostgresSession subscriber = sw.onTo(link.database());
        Told told = sw.servers().workerErrors().told(subscriber, link.link());
        List<TableName> failed = sw.servers().workerErrors().withoutWorker(subscriber, link.link()).stream()
                .filter(table -> copying.contains(table) && told.copies().containsKey(table.table()))
                .toList();
        return failed.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        FailingCopies.inWords(link.database(), failed, sw.from(), link.link(), told, link.fenced()));
    }

    private List<String> others(CarriedLink link) {
        List<String> wrong = new ArrayList<>(link.ends());
        wrong.addAll(link.objections(OTHERS));
        if (wrong.isEmpty()) {
            remember(sw, link);
        }
        return wrong;
    }

    /** What is carried now and was seen to be in order is what later looks compare with. */
    public static void remember(Switch sw, CarriedLink link) {
        LinkRecords records = sw.records().links();
        Optional<Map<TableName, CarriedTable>> before =
                records.tables(sw.project().id(), link.link());
        Map<TableName, CarriedTable> known =
                CarriedTable.known(before.orElse(Map.of()), link.published(), link.subscribed());
        if (!before.equals(Optional.of(known))) {
            records.keepTables(sw.project().id(), link.link(), known);
        }
        rememberSubscriber(sw, link);
        sw.pool().reliably(sw.to(), link.database(), Role.WORK, session -> {
            LinkLook.subscriptions(sw).beginUnlessKnown(session, link.link());
            return link;
        });
    }

    /** A subscription that was made again has another oid, and a subscriber that was upgraded another identifier. */
    private static void rememberSubscriber(Switch sw, CarriedLink link) {
        LinkRecords records = sw.records().links();
        sw.pool()
                .reliably(
                        sw.to(),
                        link.database(),
                        Role.WORK,
                        session -> KnownSubscriber.of(sw.servers().links(), session, link.link()))
                .filter(now ->
                        !records.subscriber(sw.project().id(), link.link()).equals(Optional.of(now)))
                .ifPresent(now -> records.keepSubscriber(sw.project().id(), link.link(), now));
    }

    /** Says so when the slot that feeds the entered side may have been made again, or its publication altered. */
    public static Optional<String> doubt(Switch sw, String database, Predicate<Doubt> settled) {
        String link = sw.link(database);
        return sw.servers()
                .links()
                .observe(sw.onFrom(database), link)
                .flatMap(slot -> sw.records().links().see(sw.project().id(), link, slot))
                .filter(doubt -> !settled.test(doubt))
                .map(doubt ->
                        doubt.inWords(link, database, sw.from().word(), sw.to().word()));
    }

    /** Whether a comparison that began later found all rows on both sides. */
    private boolean settled(Doubt doubt) {
        Optional<Verification> clean = verifications
                .latest(sw.project().slug())
                .filter(last -> last.startedAt().isAfter(doubt.since()))
                .filter(last -> !last.tables().isEmpty() && last.differing() == 0);
        clean.ifPresent(last -> records.verified(sw.project().id(), last.startedAt()));
        return clean.isPresent();
    }
}
