package dev.upshift.switchover.internal.check.fence;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.fence.Fence.Admission;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.look.WaitingWriters;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why clients could not write in a database of the side that is entered, or would wait there, were its fence lifted. */
final class EntryRefusals {

    private final Switch sw;
    private final String database;
    private final Role role;
    private final Optional<FenceState> before;

    /** @param role whose sessions look */
    EntryRefusals(Switch sw, String database, Role role) {
        this.sw = sw;
        this.database = database;
        this.role = role;
        this.before = sw.fence().before(sw.to(), database);
    }

    List<Finding> findings() {
        Admission now = admission(sw.to());
        List<Finding> found = new ArrayList<>();
        if (!now.allowsConnections()) {
            found.add(ofDatabase("it refuses connections.", fromAnother("ALLOW_CONNECTIONS true")));
        }
        if (before.map(FenceState::connectionLimit).orElse(now.connectionLimit()) == 0) {
            found.add(ofDatabase(
                    "it lets no client in (CONNECTION LIMIT 0).",
                    before.isPresent()
                            ? "That is the limit that it had before our fence, and gets back: no statement changes it until then."
                            : fromAnother("CONNECTION LIMIT -1")));
        }
        readOnly(now).ifPresent(found::add);
        List<String> roles = newlyReadOnly(now);
        if (!roles.isEmpty()) {
            found.add(ReadOnlyRoles.finding(sw, database, roles, before.isPresent() || ReadOnlyRoles.isReadOnly(now)));
        }
        found.addAll(WaitingWriters.findings(sw.to(), database, now));
        return found;
    }

    private Admission admission(Side side) {
        return sw.servers().fence().admission(sw.pool().session(side, database, role));
    }

    private Optional<Finding> readOnly(Admission now) {
        @Nullable String own = before.isPresent() ? before.get().readOnlyDefault() : now.databaseDefault();
        return now.isReadOnlyWith(own)
                ? Optional.of(ofDatabase(
                        "it is read-only by default, so clients could not write.",
                        own == null
                                ? "Set %s off in the server's configuration, or there: %s;"
                                        .formatted(
                                                ReadOnlySetting.NAME,
                                                FencedStatements.one(
                                                        true, "ALTER ROLE ALL RESET " + ReadOnlySetting.NAME))
                                : alter("RESET " + ReadOnlySetting.NAME)))
                : Optional.empty();
    }

    private Finding ofDatabase(String reason, String remedy) {
        return new Finding(Place.on(sw.to(), database), List.of(database), reason, remedy);
    }

    /** Nobody gets into this one. */
    private String fromAnother(String change) {
        return "In another database of that server: ALTER DATABASE %s %s;"
                .formatted(FencedStatements.quoted(database), change);
    }

    /** Whoever signs in there can only read unless he asks for more. */
    private String alter(String change) {
        return "There: %s;"
                .formatted(FencedStatements.one(
                        true, "ALTER DATABASE %s %s".formatted(FencedStatements.quoted(database), change)));
    }

    private List<String> newlyReadOnly(Admission now) {
        return now.readOnlyRoles().isEmpty() ? List.of() : ReadOnlyRoles.newly(now, admission(sw.from()));
    }
}
