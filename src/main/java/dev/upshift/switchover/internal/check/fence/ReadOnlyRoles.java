package dev.upshift.switchover.internal.check.fence;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.engine.procedure.Reasons;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.fence.Fence.Admission;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;

/**
 * Roles that may only read on the side that clients were led to, other than on the one that they left: somebody has set
 * that since the last look.
 *
 * @param found of each database
 * @param untold of which it cannot be told, because the side that was left does not answer any more; in sentences
 */
public record ReadOnlyRoles(List<Finding> found, List<String> untold) {

    public ReadOnlyRoles {
        found = List.copyOf(found);
        untold = List.copyOf(untold);
    }

    /** Looks when that side's fence is lifted; throws if that side does not answer. */
    public static ReadOnlyRoles now(Switch sw) {
        List<ReadOnlyRoles> each = sw.fanOut().map(sw.databases(), database -> in(sw, database));
        return new ReadOnlyRoles(
                each.stream().flatMap(one -> one.found.stream()).toList(),
                each.stream().flatMap(one -> one.untold.stream()).toList());
    }

    private static ReadOnlyRoles in(Switch sw, String database) {
        Admission now = admission(sw, sw.to(), database);
        if (now.readOnlyRoles().isEmpty()) {
            return new ReadOnlyRoles(List.of(), List.of());
        }
        try {
            List<String> roles = newly(now, admission(sw, sw.from(), database));
            return new ReadOnlyRoles(
                    roles.isEmpty() ? List.of() : List.of(finding(sw, database, roles, isReadOnly(now))), List.of());
        } catch (PostgresUnreachable | DataAccessException gone) {
            return new ReadOnlyRoles(
                    List.of(),
                    List.of("%s: %s may only read on the %s; whether that is so on the %s, too, cannot be seen: %s"
                            .formatted(
                                    database,
                                    Names.some(now.readOnlyRoles()),
                                    sw.to().word(),
                                    sw.from().word(),
                                    Reasons.of(gone))));
        }
    }

    private static Admission admission(Switch sw, Side side, String database) {
        return sw.pool().reliably(side, database, Role.WORK, sw.servers().fence()::admission);
    }

    /** A role that may only read on both sides is meant to. */
    static List<String> newly(Admission entered, Admission left) {
        Set<String> meant = new HashSet<>(left.readOnlyRoles());
        return entered.readOnlyRoles().stream()
                .filter(name -> !meant.contains(name))
                .toList();
    }

    static boolean isReadOnly(Admission now) {
        return now.isReadOnlyWith(now.databaseDefault());
    }

    /** @param readOnly whether whoever signs in there can only read unless he asks for more */
    static Finding finding(Switch sw, String database, List<String> roles, boolean readOnly) {
        return new Finding(
                Place.on(sw.to(), database),
                roles,
                "%s may only read, other than on the %s."
                        .formatted(Names.some(roles), sw.from().word()),
                "There: " + FencedStatements.one(readOnly, resets(roles, database)));
    }

    /** Nobody tells where it is set for them. */
    private static String resets(List<String> roles, String database) {
        return ReadOnlySetting.few(roles.stream()
                .flatMap(role -> Stream.of(ReadOnlySetting.reset(role), ReadOnlySetting.reset(role, database))));
    }
}
