package dev.upshift.check.replication;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.catalog.NotCarried;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.Side;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a project leaves on a side: rows that logical replication does not carry.
 *
 * @param side null for the side that serves
 * @param severity whether it stands in somebody's way
 */
public record NotCarriedRows(@Nullable Side side, Severity severity) implements Check<Inspection> {

    private static final String REMEDY =
            "It stays behind unless you move it yourself; the project's settings can accept that for a switch.";

    @Override
    public String id() {
        return "not-carried";
    }

    @Override
    public Scope scope() {
        return Scope.SOURCE;
    }

    @Override
    public Set<Moment> moments() {
        return EnumSet.of(Moment.PLAN);
    }

    @Override
    public Optional<Acceptance> acceptance() {
        return severity == Severity.BLOCKER ? Optional.of(Acceptance.NOT_CARRIED) : Optional.empty();
    }

    private Side side(Inspection inspected) {
        return side == null ? inspected.project().servingSide() : side;
    }

    @Override
    public String fine(Inspection inspected) {
        return "The %s has nothing that is not carried."
                .formatted(side(inspected).word());
    }

    @Override
    public CheckResult look(Inspection inspected) {
        Side where = side(inspected);
        String ours = LinkNames.prefix(inspected.project().slug());
        return inspected.everyDatabase(database -> {
            List<String> phrases = seen(inspected, where, database).phrases(ours);
            return phrases.isEmpty()
                    ? List.of()
                    : List.of(new Finding(
                            Place.on(where, database),
                            phrases,
                            "this is not carried: %s.".formatted(String.join("; ", phrases)),
                            REMEDY));
        });
    }

    /** Read once for all who ask. */
    public static NotCarried seen(Inspection inspected, Side side, String database) {
        return inspected
                .memo()
                .once(
                        List.of(NotCarriedRows.class, side, database),
                        () -> inspected.servers().catalog().notCarried(inspected.on(side, database)));
    }
}
