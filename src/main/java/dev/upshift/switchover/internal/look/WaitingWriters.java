package dev.upshift.switchover.internal.look;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.postgres.fence.Fence.Admission;
import dev.upshift.postgres.fence.MissingStandbys;
import dev.upshift.postgres.fence.TableLocks;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What clients would wait for on the side that is entered, with every write. */
public final class WaitingWriters {

    private WaitingWriters() {}

    /** Why clients would hang there. */
    public static List<Finding> findings(Side to, String database, Admission now) {
        Place place = Place.on(to, database);
        List<Finding> found = new ArrayList<>();
        MissingStandbys standbys = now.standbys();
        if (standbys != null) {
            found.add(finding(place, standbys));
        }
        if (!now.locks().isEmpty()) {
            found.add(finding(place, now.locks()));
        }
        return found;
    }

    private static Finding finding(Place place, MissingStandbys standbys) {
        boolean one = standbys.missing() == 1;
        return new Finding(
                place,
                List.of("synchronous_standby_names"),
                "%s for %s than %s connected (synchronous_standby_names = '%s'): clients would hang there."
                        .formatted(
                                standbys.roles().isEmpty()
                                        ? "every commit waits"
                                        : "commits of %s wait".formatted(Names.some(standbys.roles())),
                                one
                                        ? "1 more synchronous standby"
                                        : "%d more synchronous standbys".formatted(standbys.missing()),
                                one ? "is" : "are",
                                standbys.wanted()),
                "Start %s, or take the names out there: ALTER SYSTEM SET synchronous_standby_names = ''; SELECT pg_reload_conf();%s"
                        .formatted(
                                one ? "it" : "them",
                                standbys.hidden()
                                        ? " Our role does not see all that are: GRANT pg_read_all_stats to it."
                                        : ""));
    }

    private static Finding finding(Place place, List<TableLocks> locks) {
        TableLocks first = locks.getFirst();
        return new Finding(
                place,
                locks.stream().flatMap(lock -> lock.tables().stream()).toList(),
                "%s%s: clients that write there would wait."
                        .formatted(
                                locks.stream().map(TableLocks::words).collect(Collectors.joining("; ")),
                                first.others() > 0 ? "; and %d more have such locks".formatted(first.others()) : ""),
                first.transaction().remedy());
    }
}
