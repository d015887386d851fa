package dev.upshift.switchover.internal.guard;

import dev.upshift.check.CheckList;
import dev.upshift.check.replication.FiringEventTriggers;
import dev.upshift.engine.Plan.PoolerDifference;
import dev.upshift.engine.Plan.Rehearsed;
import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.Procedure.Examination;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.postgres.EventTriggers;
import dev.upshift.postgres.PasswordLookups;
import dev.upshift.switchover.internal.check.link.LinkChecks;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Looks at everything that a switch, or its rehearsal, must not start without. */
@Component
public final class SwitchExamination {

    private final PoolerConsoles consoles;
    private final LeftBehindGuards leftBehind;
    private final LinkChecks links;
    private final SchemaLooks schemaLooks;
    private final PasswordLookups lookups;

    SwitchExamination(
            PoolerConsoles consoles,
            LeftBehindGuards leftBehind,
            LinkChecks links,
            SchemaLooks schemaLooks,
            PasswordLookups lookups) {
        this.consoles = consoles;
        this.leftBehind = leftBehind;
        this.links = links;
        this.schemaLooks = schemaLooks;
        this.lookups = lookups;
    }

    /** @param rehearsal looks whether the switch was rehearsed, and as its project wants it, if that matters */
    public Examination examine(Switch sw, Function<GuardBook, Optional<Rehearsed>> rehearsal) {
        GuardBook book = new GuardBook();
        SchemaGuards schemas = schemaLooks.begin(sw);
        boolean poolersAnswer = new PoolerGuards(sw, consoles).look(book);
        boolean configurationKnown = book.results().getFirst().allowed();
        if (poolersAnswer) {
            leftBehind.look(book, sw);
        }
        book.addAll(links.guards(sw));
        new FenceGuards(sw).look(book);
        new EntryGuards(sw).look(book);
        schemas.look(book);
        book.addAll(CheckList.<Switch>of(List.of(new FiringEventTriggers(EventTriggers.OF_LINKS)))
                .guards(sw));
        if (!configurationKnown) {
            return Examination.of(book.results());
        }
        new RoleGuards(sw, consoles).look(book);
        new AuthQueryGuard(sw, lookups, consoles).look(book);
        new SessionGuards(sw).look(book);
        Optional<Rehearsed> rehearsed = rehearsal.apply(book);
        new ApplicationLoginGuard(sw).look(book);
        return new Examination(book.results(), differences(sw), basis(sw), rehearsed, Optional.empty());
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
