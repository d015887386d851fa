package dev.upshift.switchover.internal.look;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.link.CopyAnew;
import dev.upshift.postgres.link.TableMark;
import dev.upshift.records.MarkedTable;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.switchover.internal.look.UnsentChanges.Reason;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the tables of both sides with their marks: whether anything was done to them since both sides were known to be
 * equal of which the link sends nothing. They are marked before they are copied, by a comparison that finds all equal,
 * and, for the way back, by a switch before the side that is entered serves anybody.
 */
public final class MarkedTables {

    /** What is level but for a moment ago brings a TRUNCATE sooner. */
    public static final Duration ARRIVAL = Duration.ofSeconds(5);

    private static final Set<Reason> THERE =
            EnumSet.of(Reason.RENAMED_THERE, Reason.COLUMNS_THERE, Reason.TRIGGERS_THERE, Reason.COPIED_AGAIN);

    private static final Duration POLL = Duration.ofMillis(20);

    private final Switch sw;

    public MarkedTables(Switch sw) {
        this.sw = sw;
    }

    /**
     * What was done. What came since, and what is no doubt, is marked as it is now.
     *
     * @param patience how long a TRUNCATE may take to arrive, where only that tells it from worse
     */
    public List<Finding> findings(Duration patience) {
        return sw.fanOut().map(sw.databases(), database -> findings(database, patience)).stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<Finding> findings(String database, Duration patience) {
        Optional<List<MarkedTable>> known = known(database);
        if (known.isEmpty()) {
            return List.of(neverNoted(database));
        }
        Look look = look(known.get(), database, Role.WORK, patience, () -> true);
        List<MarkedTable> next =
                NextMarks.of(known.get(), look.from(), look.to(), marks(sw.from(), database, Role.WORK));
        if (!next.isEmpty()) {
            sw.records().links().addMarks(sw.project().id(), sw.link(database), next);
        }
        return findings(database, look.changes());
    }

    /**
     * The same with the sessions of the window, where nothing is marked; as long as clients may be held, and until the
     * barrier has brought everything.
     */
    public List<Finding> findingsAgain(String database) {
        Optional<List<MarkedTable>> known = known(database);
        return known.isEmpty()
                ? List.of(neverNoted(database))
                : findings(
                        database,
                        look(known.get(), database, Role.LOOK, sw.watch().left(), () -> mayStillArrive(database))
                                .changes());
    }

    private boolean mayStillArrive(String database) {
        return sw.watch().isHolding() && !sw.stillness().hasArrived(database);
    }

    private Optional<List<MarkedTable>> known(String database) {
        return sw.records().links().marks(sw.project().id(), sw.link(database));
    }

    private Look look(
            List<MarkedTable> known, String database, Role role, Duration patience, BooleanSupplier isPatient) {
        List<TableMark> from = marks(sw.from(), database, role);
        Look[] last = {Look.of(known, from, marks(sw.to(), database, role))};
        sw.waiting().until(patience, POLL, () -> {
            boolean isLast = !isPatient.getAsBoolean();
            if (last[0].mayPass()) {
                last[0] = Look.of(known, from, marks(sw.to(), database, role));
            }
            return !last[0].mayPass() || isLast;
        });
        return last[0];
    }

    private Finding neverNoted(String database) {
        return new Finding(
                Place.on(sw.from(), database),
                List.of(),
                "it was never noted how its tables were when both sides were equal, so that nobody can see what was done to them since of which nothing is replicated.",
                "Verify: if it finds all tables equal, that is noted, and this is over.");
    }

    /** One for each side on which something was done. */
    private List<Finding> findings(String database, UnsentChanges changes) {
        return Stream.of(sw.from(), sw.to())
                .flatMap(side -> finding(side, database, changes).stream())
                .toList();
    }

    private Optional<Finding> finding(Side side, String database, UnsentChanges changes) {
        List<Reason> reasons = Arrays.stream(Reason.values())
                .filter(reason -> THERE.contains(reason) == (side == sw.to()))
                .filter(reason -> !changes.of(reason).isEmpty())
                .toList();
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Place.on(side, database),
                        reasons.stream()
                                .flatMap(reason -> changes.of(reason).stream())
                                .map(TableName::toString)
                                .distinct()
                                .toList(),
                        ("%s. This was done since both sides were compared, or since the tables were copied, and none of it is"
                                        + " replicated: what was written meanwhile may be missing on the %s, or be in another table or"
                                        + " column there, or be there twice.")
                                .formatted(
                                        reasons.stream()
                                                .map(reason -> done(reason, Names.some(changes.of(reason))))
                                                .collect(Collectors.joining("; ")),
                                        sw.to().word()),
                        "Verify: if it finds all tables equal, this is over. Otherwise make both sides alike, %s."
                                .formatted(CopyAnew.THOSE_THAT_DIFFER)));
    }

    private String done(Reason reason, String tables) {
        return switch (reason) {
            case RENAMED, RENAMED_THERE -> tables + " was renamed, moved to another schema, or given to another owner";
            case COLUMNS, COLUMNS_THERE ->
                "columns of " + tables
                        + " were changed, be it changed back (GRANT or REVOKE of columns, ATTACH and DETACH PARTITION look the same)";
            case ADDED ->
                "columns were added to %s, with a default, or not as on the %s, so that rows of before may differ"
                        .formatted(tables, sw.to().word());
            case CAME ->
                tables
                        + " came since, and was written anew or emptied before anybody looked at it (UNLOGGED and back to LOGGED, or the like; TRUNCATE)";
            case TRIGGERS_THERE ->
                "triggers of " + tables + " were altered, so that one may have fired for rows that arrived";
            case COPIED_AGAIN ->
                tables
                        + " was dropped, be it made again, or copied again: rows that were written meanwhile came twice if its subscription was not disabled then";
            case REWRITTEN ->
                tables + " was written anew by ALTER TABLE (a type, UNLOGGED and back to LOGGED, or the like)";
            case UNTOLD ->
                ("%s was written anew by ALTER TABLE, VACUUM FULL or CLUSTER, or emptied by a TRUNCATE that is not on the"
                                + " %s yet, which cannot be told of a table without TOAST")
                        .formatted(tables, sw.to().word());
        };
    }

    private List<TableMark> marks(Side side, String database, Role role) {
        return sw.servers().links().marks(sw.pool().session(side, database, role));
    }

    /** Both sides, of which the one that is left was looked at first. */
    private record Look(List<TableMark> from, List<TableMark> to, UnsentChanges changes) {

        static Look of(List<MarkedTable> known, List<TableMark> from, List<TableMark> to) {
            return new Look(from, to, UnsentChanges.of(known, from, to));
        }

        /** Whether there is a doubt that a TRUNCATE would end by arriving, and no other. */
        boolean mayPass() {
            return Arrays.stream(Reason.values())
                    .allMatch(reason -> changes.of(reason).isEmpty() == (reason != Reason.UNTOLD));
        }
    }
}
