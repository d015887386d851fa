package dev.upshift.check.internal.cluster;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedCluster;
import dev.upshift.check.internal.draft.TriedDraft;
import dev.upshift.postgres.catalog.Catalog.ServerFacts;
import dev.upshift.shared.Side;
import java.util.List;

/** A side runs a major version that an upgrade may begin with, or lead to. */
public record SupportedVersions(Side side) implements SavingCheck<TriedDraft> {

    private static final int OLDEST_SOURCE = 13;
    private static final int NEWEST_SOURCE = 17;
    private static final int NEWEST_TARGET = 18;

    @Override
    public String id() {
        return "%s-version".formatted(side.word());
    }

    @Override
    public Scope scope() {
        return side == Side.SOURCE ? Scope.SOURCE : Scope.TARGET;
    }

    @Override
    public boolean isGate() {
        return true;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "The version of the %s is one of those that Upshift knows.".formatted(side.word());
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        TriedCluster cluster = side == Side.SOURCE ? tried.source() : tried.target();
        return CheckResult.of(cluster
                .facts()
                .filter(facts -> !isSupported(facts.version().major()))
                .map(this::finding)
                .map(found -> found.in(cluster.address()))
                .stream()
                .toList());
    }

    /** A target that is too old is not newer than any source. */
    private boolean isSupported(int major) {
        return side == Side.SOURCE ? major >= OLDEST_SOURCE && major <= NEWEST_SOURCE : major <= NEWEST_TARGET;
    }

    private Finding finding(ServerFacts facts) {
        String known = side == Side.SOURCE
                ? "from %d to %d".formatted(OLDEST_SOURCE, NEWEST_SOURCE)
                : "up to %d".formatted(NEWEST_TARGET);
        return new Finding(
                Place.on(side),
                List.of(),
                "The %s runs PostgreSQL %s, and Upshift upgrades %s.".formatted(side.word(), facts.version(), known),
                "Give the address of such a cluster.");
    }
}
