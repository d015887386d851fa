package dev.upshift.switchover.internal.guard;

import dev.upshift.check.CheckList;
import dev.upshift.check.CheckOutcome;
import dev.upshift.check.replication.FiringEventTriggers;
import dev.upshift.engine.Plan.PoolerDifference;
import dev.upshift.engine.Plan.Rehearsed;
import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.PastRuns;
import dev.upshift.engine.procedure.Procedure.Examination;
import dev.upshift.postgres.EventTriggers;
import dev.upshift.switchover.internal.check.pooler.PoolerChecks;
import dev.upshift.switchover.internal.check.role.RoleChecks;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.verification.Verifications;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Looks at everything that a switch, or its rehearsal, must not start without. */
@Component
public final class SwitchExamination {

    private final PoolerChecks poolers;
    private final RoleChecks roles;
    private final Verifications verifications;
    private final SchemaLooks schemaLooks;
    private final PastRuns runs;

    SwitchExamination(
            PoolerChecks poolers,
            RoleChecks roles,
            Verifications verifications,
            SchemaLooks schemaLooks,
            PastRuns runs) {
        this.poolers = poolers;
        this.roles = roles;
        this.verifications = verifications;
        this.schemaLooks = schemaLooks;
        this.runs = runs;
    }

    /** @param rehearsal looks whether the switch was rehearsed, and as its project wants it, if that matters */
    public Examination examine(Switch sw, Function<GuardBook, Optional<Rehearsed>> rehearsal) {
        GuardBook book = new GuardBook();
        SchemaGuards schemas = schemaLooks.begin(sw);
        book.addAll(poolers.ask(sw).stream().map(CheckOutcome::guard).toList());
        boolean configurationKnown = book.results().getFirst().allowed();
        new SwitchGuards(sw, verifications).look(book);
        new CarriedGuards(sw, verifications, () -> lastSwitch(sw)).look(book);
        new FenceGuards(sw).look(book);
        new EntryGuards(sw).look(book);
        schemas.look(book);
        book.addAll(CheckList.<Switch>of(List.of(new FiringEventTriggers(EventTriggers.OF_LINKS)))
                .guards(sw));
        if (!configurationKnown) {
            return Examination.of(book.results());
        }
        book.addAll(roles.list().guards(sw));
        book.addAll(poolers.lookups().guards(sw));
        new SessionGuards(sw).look(book);
        Optional<Rehearsed> rehearsed = rehearsal.apply(book);
        book.addAll(poolers.logins().guards(sw));
        return new Examination(book.results(), differences(sw), basis(sw), rehearsed, Optional.empty());
    }

    /** Those that were undone have changed nothing. */
    private Optional<Instant> lastSwitch(Switch sw) {
        return runs.lastSuccess(sw.project().id(), run -> run.procedure().isSwitch())
                .map(run -> Objects.requireNonNull(run.endedAt()));
    }

    private static List<PoolerDifference> differences(Switch sw) {
        return sw.poolers().changes().stream()
                .map(change -> new PoolerDifference(
                        change.pooler().name(), change.diff().lines()))
                .toList();
    }

    /** What a switch relies on besides its project. */
    public static List<String> basis(Switch sw) {
        return sw.poolers().changes().stream()
                .map(change -> change.pooler().name() + " " + change.current().hash() + " "
                        + change.next().hash())
                .toList();
    }
}
