package dev.upshift.switchover.internal.look;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.postgres.BlockingTransaction;
import dev.upshift.postgres.Fence.Admission;
import dev.upshift.postgres.MissingStandbys;
import dev.upshift.postgres.TableLocks;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What whoever works on the side that is entered would wait for: clients with every write, or our step that makes a slot. */
public final class WaitingWriters {

    private static final int SHOWN = 3;

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

    /** Transactions of the whole server for which the slot of the way back would wait too long, in a sentence. */
    public static List<String> ofSlots(Side to, Duration limit, List<BlockingTransaction> open) {
        List<BlockingTransaction> old = open.stream()
                .filter(transaction ->
                        transaction.age() != null && transaction.age().compareTo(limit) > 0)
                .toList();
        return old.isEmpty()
                ? List.of()
                : List.of("On the server of the %s, the slot of the way back would wait for %s%s. %s"
                        .formatted(
                                to.word(),
                                old.stream()
                                        .limit(SHOWN)
                                        .map(BlockingTransaction::words)
                                        .collect(Collectors.joining("; ")),
                                old.size() > SHOWN ? ", and %d more".formatted(old.size() - SHOWN) : "",
                                old.getFirst().remedy()));
    }
}
