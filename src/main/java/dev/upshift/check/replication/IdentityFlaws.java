package dev.upshift.check.replication;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Place;
import dev.upshift.check.replication.IdentityJudgement.Flaw;
import dev.upshift.check.replication.IdentityJudgement.OneSide;
import dev.upshift.check.replication.IdentityJudgement.Topic;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What rows are found by, on both sides and for both directions: what works now may fail once the other side publishes,
 * and then there is no way back.
 */
final class IdentityFlaws {

    /** A remedy that begins as a statement does. */
    private static final Pattern STATEMENT = Pattern.compile("^[A-Z]{2}");

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private IdentityFlaws() {}

    static CheckResult findings(Inspection inspected, Topic topic) {
        boolean fenced = inspected.project().phase().leavesAFence();
        return inspected.everyDatabase(database -> findings(database, flaws(inspected, database), topic, fenced));
    }

    /** Read once for both checks. */
    private static List<Flaw> flaws(Inspection inspected, String database) {
        return inspected.memo().once(List.of(IdentityFlaws.class, database), () -> {
            Side publisher = inspected.project().servingSide();
            List<OneSide> sides = inspected
                    .ports()
                    .fanOut()
                    .map(List.of(publisher, publisher.other()), side -> side(inspected, side, database));
            return IdentityJudgement.both(sides.getFirst(), sides.getLast());
        });
    }

    private static OneSide side(Inspection inspected, Side side, String database) {
        PostgresSession session = inspected.on(side, database);
        return new OneSide(
                side, session.version(), inspected.servers().catalog().identities(session));
    }

    /** One finding for all tables of a side that have the same flaw. */
    static List<Finding> findings(String database, List<Flaw> flaws, Topic topic, boolean fenced) {
        return flaws.stream()
                .filter(flaw -> flaw.topic() == topic)
                .collect(Collectors.groupingBy(
                        flaw -> new Kind(flaw.side(), flaw.reason(), flaw.remedy()),
                        LinkedHashMap::new,
                        Collectors.mapping(Flaw::table, Collectors.toList())))
                .entrySet()
                .stream()
                .map(same -> finding(database, same.getKey(), same.getValue(), fenced))
                .toList();
    }

    /** What is to be done on both sides begins so on both: it does no harm where there is no fence. */
    private static Finding finding(String database, Kind kind, List<TableName> tables, boolean fenced) {
        return new Finding(
                Place.on(kind.side(), database),
                tables.stream().map(TableName::toString).toList(),
                "%s: %s.".formatted(Names.some(tables), kind.reason()),
                "Remedy: %s."
                        .formatted(FencedStatements.one(
                                fenced && STATEMENT.matcher(kind.remedy()).find(),
                                kind.remedy().formatted(quoted(tables.getFirst())))));
    }

    private static String quoted(TableName table) {
        return quoted(table.schema()) + "." + quoted(table.table());
    }

    private static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private record Kind(Side side, String reason, String remedy) {}
}
