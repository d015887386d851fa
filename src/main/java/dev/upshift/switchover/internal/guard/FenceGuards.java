package dev.upshift.switchover.internal.guard;

import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.Fence.Admission;
import dev.upshift.postgres.Fence.FenceState;
import dev.upshift.postgres.Fence.Passage;
import dev.upshift.postgres.FencedStatements;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.SettingsHolder;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.look.WaitingWriters;
import dev.upshift.switchover.internal.route.HeldSettings;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the fence will hold on the side that is left, and whether the side that is entered will take writes: said in
 * the plan, and asked again behind the fence.
 */
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
        book.look(
                "target-accepts-writes",
                "The %s lets clients in and write.".formatted(sw.to().word()),
                () -> Stream.of(refusesWrites(Role.WORK), each(this::tooFew), crowded())
                        .flatMap(List::stream)
                        .toList());
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

    /** Why clients could not write on the side that is entered, or would wait, were its fence lifted. */
    public List<String> refusesWrites(Role role) {
        return each(database -> refusesWrites(database, role));
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

    private List<String> refusesWrites(String database, Role role) {
        Admission now = sw.servers().fence().admission(sw.pool().session(sw.to(), database, role));
        Optional<FenceState> before = sw.fence().before(sw.to(), database);
        int limit = before.map(FenceState::connectionLimit).orElse(now.connectionLimit());
        @Nullable String own = before.isPresent() ? before.get().readOnlyDefault() : now.databaseDefault();
        String to = sw.to().word();
        List<String> wrong = new ArrayList<>();
        if (!now.allowsConnections()) {
            wrong.add("%s: the %s refuses connections; %s there."
                    .formatted(database, to, alter(before, database, "ALLOW_CONNECTIONS true")));
        }
        if (limit == 0) {
            wrong.add("%s: the %s lets no client in; %s there."
                    .formatted(database, to, alter(before, database, "CONNECTION LIMIT -1")));
        }
        if (now.isReadOnlyWith(own)) {
            wrong.add("%s: the %s is read-only by default, so clients could not write; %s there."
                    .formatted(
                            database,
                            to,
                            own == null
                                    ? "set " + SETTING + " off in its configuration, or "
                                            + FencedStatements.one(
                                                    before.isPresent(), "ALTER ROLE ALL RESET " + SETTING)
                                    : alter(before, database, "RESET " + SETTING)));
        }
        List<String> roles = newlyReadOnly(database, role, now);
        if (!roles.isEmpty()) {
            wrong.add("%s: %s may only read on the %s, other than on the %s; %s there."
                    .formatted(
                            database,
                            Names.some(roles),
                            to,
                            sw.from().word(),
                            FencedStatements.one(before.isPresent(), "ALTER ROLE … [IN DATABASE …] RESET " + SETTING)));
        }
        wrong.addAll(WaitingWriters.objections(sw.to(), database, now));
        return wrong;
    }

    private static String alter(Optional<FenceState> fenced, String database, String change) {
        return FencedStatements.one(
                fenced.isPresent(), "ALTER DATABASE \"%s\" %s".formatted(database.replace("\"", "\"\""), change));
    }

    /** A role that may only read on both sides is meant to. */
    private List<String> newlyReadOnly(String database, Role role, Admission now) {
        if (now.readOnlyRoles().isEmpty()) {
            return List.of();
        }
        Set<String> meant = new HashSet<>(sw.servers()
                .fence()
                .admission(sw.pool().session(sw.from(), database, role))
                .readOnlyRoles());
        return now.readOnlyRoles().stream()
                .filter(name -> !meant.contains(name))
                .toList();
    }

    /** Fewer connections than clients have now on the other side would leave some outside. */
    private List<String> tooFew(String database) {
        int limit = sw.fence()
                .before(sw.to(), database)
                .map(FenceState::connectionLimit)
                .orElseGet(() -> sw.servers().fence().read(sw.onTo(database)).connectionLimit());
        int clients = sw.servers().fence().behind(sw.onFrom(database)).clients().size();
        return limit > 0 && limit < clients
                ? List.of(
                        "%s: the %s lets in %d connections, but clients have %d on the %s; raise its CONNECTION LIMIT."
                                .formatted(
                                        database,
                                        sw.to().word(),
                                        limit,
                                        clients,
                                        sw.from().word()))
                : List.of();
    }

    /** The same for the whole server, where our own sessions take room, too. */
    private List<String> crowded() {
        int ours = sw.databases().size() * Role.values().length;
        int room = sw.servers().fence().room(sw.onTo(sw.databases().getFirst())) - ours;
        int clients = sw.databases().stream()
                .mapToInt(database -> sw.servers()
                        .fence()
                        .behind(sw.onFrom(database))
                        .clients()
                        .size())
                .sum();
        return room < clients
                ? List.of(
                        "The %s has room for %d more sessions besides the %d of the switch, but clients have %d on the %s; raise its max_connections (restart), or end sessions there."
                                .formatted(
                                        sw.to().word(),
                                        Math.max(room, 0),
                                        ours,
                                        clients,
                                        sw.from().word()))
                : List.of();
    }
}
