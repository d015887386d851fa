package dev.upshift.switchover.internal.guard;

import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.Fence.FenceState;
import dev.upshift.postgres.Fence.Passage;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.SettingsHolder;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.HeldSettings;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether the fence will hold on the side that is left: said in the plan, and asked again behind the fence. */
public final class FenceGuards {

    private static final String SETTING = "default_transaction_read_only";

    private final Switch sw;

    public FenceGuards(Switch sw) {
        this.sw = sw;
    }

    void look(GuardBook book) {
        book.look(
                "fence-overrides",
                "No role may write on the %s in spite of its fence; what a session sets for itself is not known before."
                        .formatted(sw.from().word()),
                isAccepted(),
                () -> each(database -> overrides(database, seen(database, Role.WORK), isHard())));
        book.look(
                "source-other-writers",
                "No subscription of others and no background worker writes on the %s."
                        .formatted(sw.from().word()),
                isAccepted(),
                () -> each(database -> writers(database, seen(database, Role.WORK))));
        book.look(
                "settings-free",
                "Nobody's open transaction holds what is set for a database on either side.",
                () -> held(Role.WORK));
    }

    /** Whose open transaction would keep the fence from being raised or lifted, on either side. */
    public List<String> held(Role role) {
        return each(database -> Stream.of(Side.values())
                .flatMap(side -> held(side, database, sw.pool().session(side, database, role)))
                .toList());
    }

    private Stream<String> held(Side side, String database, PostgresSession session) {
        List<SettingsHolder> holders = sw.servers().fence().holders(session);
        return holders.isEmpty() ? Stream.empty() : Stream.of(HeldSettings.sentence(database, side, holders));
    }

    /** Whether the project accepts that some can pass the fence. */
    public boolean isAccepted() {
        return sw.project().settings().accepts(Acceptance.FENCE_OVERRIDES);
    }

    /** That the fence does not stand any more, and all that can write on the side that is left in spite of it. */
    public List<String> ways(Role role) {
        return each(database -> {
            FenceState now = state(database, role);
            List<Passage> seen = seen(database, role);
            return Stream.of(
                            lifted(database, now),
                            overrides(database, seen, isHard() && now.connectionLimit() == 0),
                            writers(database, seen))
                    .flatMap(List::stream)
                    .toList();
        });
    }

    /** Where somebody has put back what the fence had set: whoever comes directly would write there. */
    public List<String> lifted(Role role) {
        return each(database -> lifted(database, state(database, role)));
    }

    private boolean isHard() {
        return sw.project().settings().hardFence();
    }

    private FenceState state(String database, Role role) {
        return sw.servers().fence().read(sw.pool().session(sw.from(), database, role));
    }

    /** Each half of a hard fence was ordered: one that may pass the other half has only this one in his way. */
    private List<String> lifted(String database, FenceState now) {
        if (now.stands(isHard())) {
            return List.of();
        }
        return List.of(
                now.stands(false)
                        ? "%s: somebody has lifted half of the hard fence on the %s: its CONNECTION LIMIT is %d, not 0. Find out who."
                                .formatted(database, sw.from().word(), now.connectionLimit())
                        : "%s: somebody has lifted the fence on the %s, which sets %s for the database. Find out who."
                                .formatted(database, sw.from().word(), SETTING));
    }

    private List<String> each(Function<String, List<String>> look) {
        return sw.fanOut().map(sw.databases(), look).stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<Passage> seen(String database, Role role) {
        return sw.servers()
                .fence()
                .passages(
                        sw.pool().session(sw.from(), database, role), List.of(sw.link(database), sw.wayBack(database)));
    }

    /** @param hard whether only superusers get in */
    private List<String> overrides(String database, List<Passage> seen, boolean hard) {
        List<String> roles = seen.stream()
                .filter(passage -> passage.kind() == Passage.Kind.ROLE)
                .filter(passage -> !hard || passage.superuser())
                .map(Passage::name)
                .toList();
        if (roles.isEmpty()) {
            return List.of();
        }
        return List.of(
                hard
                        ? ("%s: even behind the hard fence, the superusers %s may sign in and write on the %s, because %s is off for"
                                        + " them. Take their setting back (ALTER ROLE … RESET), or accept that they can.")
                                .formatted(
                                        database, Names.some(roles), sw.from().word(), SETTING)
                        : ("%s: %s may write on the %s in spite of the soft fence, because %s is off for them. Take their setting"
                                        + " back (ALTER ROLE … [IN DATABASE …] RESET), choose the hard fence, or accept that they"
                                        + " can.")
                                .formatted(
                                        database, Names.some(roles), sw.from().word(), SETTING));
    }

    private List<String> writers(String database, List<Passage> seen) {
        List<String> wrong = new ArrayList<>();
        List<String> subscriptions = names(seen, Passage.Kind.SUBSCRIPTION);
        if (!subscriptions.isEmpty()) {
            wrong.add(
                    ("%s: the subscriptions %s write on the %s, which no fence stops. Disable them for the switch, and let"
                                    + " the %s subscribe afterwards.")
                            .formatted(
                                    database,
                                    Names.some(subscriptions),
                                    sw.from().word(),
                                    sw.to().word()));
        }
        List<String> workers = names(seen, Passage.Kind.WORKER);
        if (!workers.isEmpty()) {
            wrong.add(
                    ("%s: background workers run on the %s and may write there behind the fence: %s. Stop what they do"
                                    + " for the switch.")
                            .formatted(database, sw.from().word(), Names.some(workers)));
        }
        return wrong;
    }

    private static List<String> names(List<Passage> seen, Passage.Kind kind) {
        return seen.stream()
                .filter(passage -> passage.kind() == kind)
                .map(Passage::name)
                .toList();
    }
}
