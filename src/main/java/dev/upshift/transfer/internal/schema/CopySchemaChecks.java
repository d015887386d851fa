package dev.upshift.transfer.internal.schema;

import dev.upshift.check.Check;
import dev.upshift.check.CheckList;
import dev.upshift.check.Checks;
import dev.upshift.check.Inspection;
import dev.upshift.check.Severity;
import dev.upshift.check.replication.AlwaysTriggers;
import dev.upshift.check.replication.FiringEventTriggers;
import dev.upshift.postgres.catalog.EventTriggers;
import dev.upshift.postgres.catalog.UnqualifiedCalls;
import dev.upshift.shared.Side;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a copy of the schema must not start without; what is mended at the source arrives at the target by itself. */
@Component
class CopySchemaChecks implements Checks {

    private final CheckList<Inspection> list;

    CopySchemaChecks(UnqualifiedCalls calls) {
        this.list = CheckList.of(List.of(
                new TargetEmptyOrSame(),
                new TargetLockTable(),
                new FunctionsSearchPath(Side.SOURCE, calls),
                new FiringEventTriggers(
                        EventTriggers.ANY,
                        Severity.INFO,
                        (inspected, side) -> side == Side.TARGET ? presentOnTarget(inspected) : List.of()),
                // the copy takes along how triggers are enabled: they are built like that much later
                new AlwaysTriggers((inspected, side) ->
                        side == Side.SOURCE ? inspected.project().databases() : presentOnTarget(inspected))));
    }

    private static List<String> presentOnTarget(Inspection inspected) {
        return inspected
                .memo()
                .once(
                        CopySchemaChecks.class,
                        () -> inspected.project().databases().stream()
                                .filter(database -> inspected
                                        .servers()
                                        .catalog()
                                        .databaseExists(inspected.on(Side.TARGET, CopySchema.MAINTENANCE), database))
                                .toList());
    }

    CheckList<Inspection> list() {
        return list;
    }

    @Override
    public List<? extends Check<?>> all() {
        return list.all();
    }
}
