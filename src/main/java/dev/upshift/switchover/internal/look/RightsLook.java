package dev.upshift.switchover.internal.look;

import dev.upshift.check.Finding;
import dev.upshift.check.replication.FiringEventTriggers;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.catalog.EventTriggers;
import dev.upshift.postgres.role.Roles;
import dev.upshift.postgres.role.Roles.Rights;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.check.role.ApplicationLogins;
import dev.upshift.switchover.internal.check.role.Privileges;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether our role may do on both sides all that a switch does, also past the point of no return, without firing code of
 * the application that might stop it there, and whether whoever signs in on the side that is left can sign in on the other
 * one: asked right before clients are held, and noted as a sum, so that behind the fence and at the pivot one statement
 * tells whether somebody has changed something since.
 */
public final class RightsLook {

    private final Switch sw;
    private final Roles roles;
    private final Map<Place, Rights> seen = new ConcurrentHashMap<>();

    public RightsLook(Switch sw) {
        this.sw = sw;
        this.roles = sw.servers().roles();
    }

    /** Notes what there is, then looks. @return what is wrong with it, in sentences */
    public List<String> note() {
        each(database -> {
            for (Side side : Side.values()) {
                seen.put(
                        new Place(side, database),
                        roles.rights(sw.pool().session(side, database, Role.LOOK), sw.link(database)));
            }
            return Stream.empty();
        });
        return objections(Role.WORK);
    }

    /** Whether nothing was given or taken since it was noted; on sessions that only look. */
    public boolean isAsNoted(Side side, String database) {
        Rights before = seen.get(new Place(side, database));
        return before != null
                && roles.areStill(sw.pool().session(side, database, Role.LOOK), sw.link(database), before);
    }

    /**
     * What stands in the way of the switch, but for what the project accepts.
     *
     * @param role whose sessions it looks with
     */
    public List<String> objections(Role role) {
        boolean accepted = sw.project().settings().accepts(Acceptance.APPLICATION_LOGINS);
        List<Finding> found = new ArrayList<>(Privileges.lacking(sw, role));
        if (!accepted) {
            found.addAll(ApplicationLogins.lockedOut(sw, Map.of(), role));
        }
        return Stream.concat(found.stream().map(Finding::sentence), firing(role).stream())
                .toList();
    }

    /** As {@link #objections} on sessions that only look, if anything is not as it was noted. */
    public List<String> objectionsIfChanged() {
        List<Place> places = sw.databases().stream()
                .flatMap(database -> Stream.of(Side.values()).map(side -> new Place(side, database)))
                .toList();
        boolean asNoted = sw.fanOut().map(places, place -> isAsNoted(place.side(), place.database())).stream()
                .allMatch(same -> same);
        return asNoted ? List.of() : objections(Role.LOOK);
    }

    /** Past the pivot an error that such code raises would leave the run standing, without a way back. */
    private List<String> firing(Role role) {
        if (sw.project().settings().accepts(Acceptance.EVENT_TRIGGERS)) {
            return List.of();
        }
        return each(database -> Stream.of(Side.values())
                .flatMap(side -> FiringEventTriggers.finding(
                                sw.project(),
                                sw.servers().eventTriggers(),
                                side,
                                database,
                                sw.pool().session(side, database, role),
                                EventTriggers.OF_LINKS)
                        .stream()
                        .map(Finding::sentence)));
    }

    private List<String> each(Function<String, Stream<String>> look) {
        return sw.fanOut().map(sw.databases(), database -> look.apply(database).toList()).stream()
                .flatMap(List::stream)
                .toList();
    }

    private record Place(Side side, String database) {}
}
