package dev.upshift.check.internal;

import dev.upshift.postgres.Catalog.ServerFacts;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.shared.Endpoint;
import java.util.ArrayList;
import java.util.List;

/** What a server of either side must be. */
final class ServerRules {

    private ServerRules() {}

    static List<FieldProblem> problems(String side, Endpoint endpoint, ServerFacts facts) {
        List<FieldProblem> problems = new ArrayList<>();
        if (facts.inRecovery()) {
            problems.add(new FieldProblem(
                    side + ".host",
                    "The %s at %s is a standby. Give the address of its primary.".formatted(side, endpoint.address())));
        }
        if (!facts.walLevel().equals("logical")) {
            problems.add(new FieldProblem(
                    side + ".host",
                    "The %s at %s has wal_level = %s, but %s. Set wal_level = logical there and restart it; a reload is not enough."
                            .formatted(
                                    side,
                                    endpoint.address(),
                                    facts.walLevel(),
                                    side.equals("source")
                                            ? "the target is filled by logical replication"
                                            : "the way back is kept open by logical replication")));
        }
        return problems;
    }
}
