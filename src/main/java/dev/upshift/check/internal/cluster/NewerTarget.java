package dev.upshift.check.internal.cluster;

import dev.upshift.check.CheckResult;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedDraft;
import dev.upshift.postgres.catalog.Catalog.ServerFacts;
import dev.upshift.shared.PostgresVersion;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;

/** The target runs a newer major version than the source. */
public final class NewerTarget implements SavingCheck<TriedDraft> {

    @Override
    public String id() {
        return "target-is-newer";
    }

    @Override
    public Scope scope() {
        return Scope.TARGET;
    }

    @Override
    public boolean isGate() {
        return true;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "The target runs a newer major version.";
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        Optional<PostgresVersion> source = tried.source().facts().map(ServerFacts::version);
        Optional<PostgresVersion> target = tried.target().facts().map(ServerFacts::version);
        return source.isPresent()
                        && target.isPresent()
                        && target.get().major() <= source.get().major()
                ? new Found(List.of(new Finding(
                                Place.on(Side.TARGET),
                                List.of(),
                                "The target runs PostgreSQL %s, and the source %s."
                                        .formatted(target.get(), source.get()),
                                "The target must run a newer major version: give the address of such a cluster.")
                        .in(tried.target().address())))
                : new Passed();
    }
}
