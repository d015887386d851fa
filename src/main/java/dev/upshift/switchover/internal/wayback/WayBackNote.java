package dev.upshift.switchover.internal.wayback;

import dev.upshift.check.Finding;
import dev.upshift.engine.Fact;
import dev.upshift.engine.FactOfEach;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.link.CopyAnew;
import dev.upshift.postgres.link.LinkObjects.Published;
import dev.upshift.postgres.link.LinkObjects.PublishedObject;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.records.CarriedTable;
import dev.upshift.records.LinkRecords;
import dev.upshift.records.SlotContinuity.Doubt;
import dev.upshift.shared.Names;
import dev.upshift.shared.TableName;
import dev.upshift.switchover.internal.look.LinkLook;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.transfer.link.CarriedLink;
import dev.upshift.transfer.link.LinkDifferences.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The publication of the way back as it was when it was made, long before anybody reads from it: a sum of it in the
 * journal, its tables one by one among the records of links. What it leaves out for a while nobody ever sends again, and
 * nothing but this note tells afterwards.
 */
public final class WayBackNote {

    /** The sum, by database. */
    static final FactOfEach<String> SUM = Fact.text("wayBackPublication").ofEach();

    private static final Set<Reason> LEFT_OUT = EnumSet.complementOf(EnumSet.of(Reason.NOT_READY));

    private final Switch sw;
    private final Links links;
    private final LinkRecords records;

    public WayBackNote(Switch sw) {
        this.sw = sw;
        this.links = sw.servers().links();
        this.records = sw.records().links();
    }

    /**
     * Notes what was just made. The sum is read on the session that asks for it again while clients are held.
     *
     * @return the sum to remember; none if the publication does not send everything
     */
    Optional<String> take(String database) {
        String name = sw.wayBack(database);
        String sum = sum(database); // before what it is a sum of
        Published published = links.published(sw.onTo(database), name);
        if (sum.isEmpty() || !published.whole() || published.viaRoot()) {
            return Optional.empty();
        }
        records.keepTables(
                sw.project().id(), name, CarriedTable.prepared(published, links.subscribed(sw.onFrom(database), name)));
        return Optional.of(sum);
    }

    /** The publication as it is now, with sessions of the window; empty when it is gone. */
    String sum(String database) {
        return links.publicationDigest(sw.pool().session(sw.to(), database, Role.READ), sw.wayBack(database));
    }

    /** Before the pivot: what was done to it since, in a sentence. */
    public Optional<String> objection(RunContext run, String database) {
        return objection(run, database, sum(database));
    }

    /** @param now what {@link #sum} answered */
    public Optional<String> objection(RunContext run, String database, String now) {
        String before = run.fact(SUM.of(database)).orElse(now);
        if (before.equals(now)) {
            return Optional.empty();
        }
        List<String> done = new ArrayList<>();
        if (isAltered(before, now)) {
            done.add("it was altered (ALTER PUBLICATION … SET, or dropped and made again)");
        }
        List<TableName> tables = notSentStill(database);
        if (!tables.isEmpty()) {
            done.add(Names.some(tables)
                    + " left it, even if only for a while (ALTER PUBLICATION … DROP TABLE, DETACH PARTITION)");
        }
        return done.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        ("%s: the publication %s of the way back on the %s is not as it was made: %s. What it leaves out would"
                                        + " be missing on the %s after going back. Find out who changes it, and start again.")
                                .formatted(
                                        database,
                                        sw.wayBack(database),
                                        sw.to().word(),
                                        String.join("; ", done),
                                        sw.from().word()));
    }

    private List<TableName> notSentStill(String database) {
        PostgresSession session = sw.pool().session(sw.to(), database, Role.READ);
        Map<TableName, PublishedObject> now = links.published(session, sw.wayBack(database)).objects().stream()
                .collect(Collectors.toMap(PublishedObject::name, Function.identity()));
        return records.tables(sw.project().id(), sw.wayBack(database)).orElse(Map.of()).entrySet().stream()
                .filter(table -> !table.getValue().isSentStill(now.get(table.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * Past the pivot, once it is read from: what may be missing on the side that was left, in sentences. Leaves a doubt, so
     * that the plan of going back says so as well.
     */
    List<String> doubts(RunContext run, String database) {
        String name = sw.wayBack(database);
        long project = sw.project().id();
        List<String> doubts = new ArrayList<>();
        // What is altered after this look shows in the next one, what was altered before it in the sum.
        Optional<Doubt> doubted = sw.pool()
                .reliably(sw.to(), database, Role.READ, session -> links.observe(session, name))
                .flatMap(slot -> records.see(project, name, slot));
        Optional<String> before = run.fact(SUM.of(database));
        String now =
                sw.pool().reliably(sw.to(), database, Role.READ, session -> links.publicationDigest(session, name));
        if (before.filter(sum -> isAltered(sum, now)).isPresent()) {
            records.doubt(project, name);
            doubts.add(
                    ("%s: the publication %s on the %s was altered since it was made, even if it was put back: what was"
                                    + " written there meanwhile may be missing on the %s. Verify: if all tables are equal,"
                                    + " nothing is. Otherwise %s.")
                            .formatted(database, name, sw.to().word(), sw.from().word(), CopyAnew.THOSE_THAT_DIFFER));
        } else {
            doubted.map(doubt -> doubt.inWords(
                            name, database, sw.to().word(), sw.from().word()))
                    .ifPresent(doubts::add);
        }
        LinkLook.wayBackAltered(sw, database).map(Finding::sentence).ifPresent(doubts::add);
        CarriedLink link = LinkLook.wayBack(sw, database);
        doubts.addAll(Finding.sentences(link.ends()));
        doubts.addAll(Finding.sentences(link.findings(LEFT_OUT)));
        return doubts;
    }

    private static boolean isAltered(String before, String now) {
        return !publication(before).equals(publication(now));
    }

    private static String publication(String sum) {
        return sum.substring(0, Math.max(sum.indexOf('/'), 0));
    }
}
