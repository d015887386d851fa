package dev.upshift.switchover.internal.look;

import dev.upshift.check.Finding;
import dev.upshift.check.replication.FiringEventTriggers;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.EventTriggers;
import dev.upshift.postgres.FencedStatements;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.Roles;
import dev.upshift.postgres.Roles.Duty;
import dev.upshift.postgres.Roles.Rights;
import dev.upshift.postgres.Roles.SignInRole;
import dev.upshift.postgres.Roles.SignInRoles;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Whether our role may do on both sides all that a switch does, also past the point of no return, without firing code of
 * the application that might stop it there, and whether whoever signs in on the side that is left can sign in on the other
 * one: asked right before clients are held, and noted as a sum, so that behind the fence and at the pivot one statement
 * tells whether somebody has changed something since.
 */
public final class RightsLook {

    /** The side that is left becomes the subscriber of the way back. */
    private static final Set<Duty> LEFT = EnumSet.of(Duty.FENCE, Duty.SLOTS, Duty.SUBSCRIBE, Duty.SENTINEL, Duty.LINK);

    private static final Set<Duty> ENTERED = EnumSet.of(Duty.FENCE, Duty.SLOTS, Duty.PUBLISH, Duty.SENTINEL, Duty.LINK);

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
        List<String> objections = new ArrayList<>(lacking(role));
        if (!accepted) {
            objections.addAll(lockedOut(Map.of(), role));
        }
        objections.addAll(firing(role));
        return objections;
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

    /** What our role may not do. */
    public List<String> lacking(Role role) {
        Set<Duty> left = EnumSet.copyOf(LEFT);
        if (sw.project().settings().hardFence()) {
            left.add(Duty.HARD_FENCE);
        }
        return each(database ->
                Stream.concat(lacking(sw.from(), database, left, role), lacking(sw.to(), database, ENTERED, role)));
    }

    private Stream<String> lacking(Side side, String database, Set<Duty> duties, Role role) {
        String user = sw.project().cluster(side).endpoint().username();
        return roles.lacks(sw.pool().session(side, database, role), duties, sw.link(database)).stream()
                .map(lack -> "%s: the role %s may not %s on the %s; %s."
                        .formatted(
                                database,
                                user,
                                lack.what(),
                                side.word(),
                                FencedStatements.one(sw.project().isFenced(side), lack.remedy())));
    }

    /**
     * Who could not sign in any more.
     *
     * @param named by database, roles that are looked at whoever they are
     */
    public List<String> lockedOut(Map<String, ? extends Collection<String>> named, Role role) {
        return each(database -> {
            Collection<String> more = named.containsKey(database) ? named.get(database) : Set.of();
            PostgresSession onFrom = sw.pool().session(sw.from(), database, role);
            PostgresSession onTo = sw.pool().session(sw.to(), database, role);
            SignInRoles left = with(more, roles.signIn(onFrom), () -> roles.named(onFrom, more));
            SignInRoles entered = with(more, roles.signIn(onTo), () -> roles.named(onTo, more));
            return new RoleComparison(
                            database,
                            left,
                            entered,
                            sw.to().word(),
                            sw.project().isFenced(sw.to()))
                    .lockedOut().stream();
        });
    }

    private static SignInRoles with(Collection<String> names, SignInRoles usual, Supplier<SignInRoles> named) {
        if (names.isEmpty()) {
            return usual;
        }
        Map<String, SignInRole> all = new LinkedHashMap<>(usual.roles());
        all.putAll(named.get().roles());
        return new SignInRoles(usual.verifiersReadable(), all);
    }

    private List<String> each(Function<String, Stream<String>> look) {
        return sw.fanOut().map(sw.databases(), database -> look.apply(database).toList()).stream()
                .flatMap(List::stream)
                .toList();
    }

    private record Place(Side side, String database) {}
}
