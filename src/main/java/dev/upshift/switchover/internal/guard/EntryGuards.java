package dev.upshift.switchover.internal.guard;

import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.Fence.Admission;
import dev.upshift.postgres.Fence.FenceState;
import dev.upshift.postgres.FencedStatements;
import dev.upshift.shared.Names;
import dev.upshift.switchover.internal.look.WaitingWriters;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the side that is entered will take clients and their writes: said in the plan, and asked again until then. */
public final class EntryGuards {

    private static final String SETTING = "default_transaction_read_only";

    private final Switch sw;

    public EntryGuards(Switch sw) {
        this.sw = sw;
    }

    void look(GuardBook book) {
        book.look(
                "target-accepts-writes",
                "The %s lets clients in and write.".formatted(sw.to().word()),
                () -> Stream.of(refusesWrites(Role.WORK), each(this::tooFew), crowded())
                        .flatMap(List::stream)
                        .toList());
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
