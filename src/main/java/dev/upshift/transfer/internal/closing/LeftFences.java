package dev.upshift.transfer.internal.closing;

import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.SimpleStep;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.fence.Fence;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The fences that switches have left. *Abandon* takes them away: what was copied is nobody's second truth any more, and
 * the next project must be able to enter it. *Finish* leaves the one on the source, on purpose, and says how to lift it.
 *
 * @param sides those that can be reached
 * @param databases what became of them
 */
record LeftFences(Project project, List<Side> sides, SessionPool pool, IdleDatabases databases, Ports ports) {

    SimpleStep lifting() {
        return SimpleStep.step(
                "lift-fence",
                "Lift the fence that a switch has left, and see that it is lifted: nobody would lift it later.",
                run -> lift());
    }

    private StepOutcome lift() {
        List<String> lifted = new ArrayList<>();
        for (Side side : sides) {
            List<String> dropped = databases.dropped(side);
            for (String database : project.databases()) {
                ports.records().fences().before(project.id(), side, database).ifPresent(before -> {
                    if (dropped.contains(database)) {
                        ports.records().fences().forget(project.id(), side, database); // it went with the database
                    } else {
                        lift(side, database, before);
                        lifted.add(database + " on the " + side.word());
                    }
                });
            }
        }
        return StepOutcome.done(
                lifted.isEmpty()
                        ? "No switch has left a fence" + where() + "."
                        : "Lifted on " + String.join(", ", lifted) + ".");
    }

    private String where() {
        return sides.size() == 1 ? " on the " + sides.getFirst().word() : "";
    }

    /**
     * What was there before is forgotten only when it is seen to be there again, or when somebody has lifted the fence by
     * hand.
     */
    private void lift(Side side, String database, FenceState before) {
        ports.ownership().require(); // no client is held here: only the owner lifts
        Fence fence = ports.servers().fence();
        FenceState now = pool.reliably(side, database, Role.WORK, session -> {
            if (!fence.read(session).isOpen()) {
                fence.lift(session, before);
            }
            return fence.read(session);
        });
        if (!now.isOpen() && !now.equals(before)) {
            throw new IllegalStateException(
                    "The fence on %s of the %s is not lifted.".formatted(database, side.word()));
        }
        ports.records().fences().forget(project.id(), side, database);
    }

    /** The statements that lift what stays, after a space; nothing where nothing was fenced. */
    String howToLift(Side side) {
        String statements = project.databases().stream()
                .flatMap(database -> ports.records().fences().before(project.id(), side, database).stream()
                        .map(before -> lifting(database, before)))
                .collect(Collectors.joining(" "));
        return statements.isEmpty()
                ? ""
                : " It gets nothing from the other side any more, and its rows and sequences stay behind. Only if clients are to"
                        + " write there all the same, run in another database: " + statements;
    }

    /** All of it or nothing: a fence that is lifted by half keeps clients out, or lets them write while it seems to stand. */
    static String lifting(String database, FenceState before) {
        String alter = "ALTER DATABASE " + FencedStatements.quoted(database) + " ";
        String own = before.readOnlyDefault();
        return FencedStatements.together(alter
                + (own == null
                        ? "RESET default_transaction_read_only;"
                        : "SET default_transaction_read_only = '" + own.replace("'", "''") + "';")
                + " " + alter + "CONNECTION LIMIT " + before.connectionLimit() + ";");
    }
}
