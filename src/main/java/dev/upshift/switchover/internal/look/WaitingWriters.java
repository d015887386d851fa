package dev.upshift.switchover.internal.look;

import dev.upshift.postgres.Fence.Admission;
import dev.upshift.postgres.MissingStandbys;
import dev.upshift.postgres.TableLocks;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What clients would wait for on the side that is entered, with every write. */
public final class WaitingWriters {

    private WaitingWriters() {}

    /** Why clients would hang there, in sentences. */
    public static List<String> objections(Side to, String database, Admission now) {
        List<String> wrong = new ArrayList<>();
        MissingStandbys standbys = now.standbys();
        if (standbys != null) {
            wrong.add("%s: %s".formatted(database, sentence(to, standbys)));
        }
        if (!now.locks().isEmpty()) {
            wrong.add("%s: %s".formatted(database, sentence(to, now.locks())));
        }
        return wrong;
    }

    private static String sentence(Side to, MissingStandbys standbys) {
        return "on the %s, %s for %s than %s connected (synchronous_standby_names = '%s'): clients would hang there. Start %s, or take the names out there: ALTER SYSTEM SET synchronous_standby_names = ''; SELECT pg_reload_conf();%s"
                .formatted(
                        to.word(),
                        standbys.roles().isEmpty()
                                ? "every commit waits"
                                : "commits of %s wait".formatted(Names.some(standbys.roles())),
                        standbys.missing() == 1
                                ? "1 more synchronous standby"
                                : "%d more synchronous standbys".formatted(standbys.missing()),
                        standbys.missing() == 1 ? "is" : "are",
                        standbys.wanted(),
                        standbys.missing() == 1 ? "it" : "them",
                        standbys.hidden() ? " Our role does not see all that are: GRANT pg_read_all_stats to it." : "");
    }

    private static String sentence(Side to, List<TableLocks> locks) {
        TableLocks first = locks.getFirst();
        return "on the %s, %s%s: clients that write there would wait. %s"
                .formatted(
                        to.word(),
                        locks.stream().map(TableLocks::words).collect(Collectors.joining("; ")),
                        first.others() > 0 ? "; and %d more have such locks".formatted(first.others()) : "",
                        first.transaction().remedy());
    }
}
