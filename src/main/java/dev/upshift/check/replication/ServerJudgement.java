package dev.upshift.check.replication;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.postgres.catalog.Catalog.ServerFacts;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;

/** What a server of either side must be, for all who ask. */
public final class ServerJudgement {

    private final Side side;
    private final ServerFacts server;

    public ServerJudgement(Side side, ServerFacts server) {
        this.side = side;
        this.server = server;
    }

    /** A standby neither publishes nor takes writes. */
    public Optional<Finding> standby() {
        return server.inRecovery()
                ? Optional.of(new Finding(
                        Place.on(side),
                        List.of("pg_is_in_recovery()"),
                        "This server is in recovery: it is a standby, where nobody can write.",
                        "Give the address of its primary."))
                : Optional.empty();
    }

    /** Both sides publish, one of them for the way back. */
    public Optional<Finding> walLevel() {
        return "logical".equals(server.walLevel())
                ? Optional.empty()
                : Optional.of(new Finding(
                        Place.on(side),
                        List.of("wal_level"),
                        "wal_level is %s, with which nothing can be decoded, but %s by logical replication."
                                .formatted(
                                        server.walLevel(),
                                        side == Side.SOURCE ? "the target is filled" : "the way back is kept open"),
                        "ALTER SYSTEM SET wal_level = logical; then restart it, a reload is not enough."));
    }
}
