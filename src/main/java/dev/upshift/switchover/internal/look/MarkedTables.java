package dev.upshift.switchover.internal.look;

import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.CopyAnew;
import dev.upshift.postgres.TableMark;
import dev.upshift.records.MarkedTable;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
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
     * What was done, in sentences. What came since, and what is no doubt, is marked as it is now.
     *
     * @param patience how long a TRUNCATE may take to arrive, where only that tells it from worse
     */
    public List<String> objections(Duration patience) {
        return sw.fanOut().map(sw.databases(), database -> objection(database, patience)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> objection(String database, Duration patience) {
        Optional<List<MarkedTable>> known = known(database);
        if (known.isEmpty()) {
            return Optional.of(neverNoted(database));
        }
        Look look = look(known.get(), database, Role.WORK, patience, () -> true);
        List<MarkedTable> next =
                NextMarks.of(known.get(), look.from(), look.to(), marks(sw.from(), database, Role.WORK));
        if (!next.isEmpty()) {
            sw.records().links().addMarks(sw.project().id(), sw.link(database), next);
        }
        return words(database, look.changes());
    }

    /**
     * The same with the sessions of the window, where nothing is marked; as long as clients may be held, and until the
     * barrier has brought everything.
     */
    public Optional<String> objectionAgain(String database) {
        Optional<List<MarkedTable>> known = known(database);
        return known.isEmpty()
                ? Optional.of(neverNoted(database))
                : words(
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

    private String neverNoted(String database) {
        return ("%s: it was never noted how the tables of the %s were when both sides were equal, so that nobody can see"
                        + " what was done to them since of which nothing is replicated. Verify: if it finds all tables"
                        + " equal, that is noted, and this is over.")
                .formatted(database, sw.from().word());
    }

    private Optional<String> words(String database, UnsentChanges changes) {
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        String what = Arrays.stream(Reason.values())
                .filter(reason -> !changes.of(reason).isEmpty())
                .map(reason -> words(reason, Names.some(changes.of(reason))))
                .collect(Collectors.joining("; "));
        return Optional.of(
                ("%s: %s. This was done since both sides were compared, or since the tables were copied, and none of it is"
                                + " replicated: what was written meanwhile may be missing on the %s, or be in another table or column"
                                + " there, or be there twice. Verify: if it finds all tables equal, this is over. Otherwise make both sides"
                                + " alike, %s.")
                        .formatted(database, what, sw.to().word(), CopyAnew.THOSE_THAT_DIFFER));
    }

    private String words(Reason reason, String tables) {
        Side side = THERE.contains(reason) ? sw.to() : sw.from();
        return "on the %s, %s".formatted(side.word(), done(reason, tables));
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
