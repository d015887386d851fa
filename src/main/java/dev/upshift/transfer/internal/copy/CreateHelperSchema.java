package dev.upshift.transfer.internal.copy;

import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.function.Consumer;

/** Creates what is ours in every database of both sides. */
final class CreateHelperSchema extends ReplicateStep {

    private final HelperSchema schema;

    CreateHelperSchema(ForwardLinks links) {
        super(links, "create-helper-schema", Duration.ofMinutes(1));
        this.schema = links.ports().servers().helperSchema();
    }

    @Override
    public String sentence() {
        return "Create the schema " + HelperSchema.NAME + " with its sentinel table on both sides.";
    }

    @Override
    public StepOutcome perform(RunContext run) {
        links.databases().forEach(database -> onBoth(database, schema::create));
        return StepOutcome.done("The helper schema is on both sides.");
    }

    @Override
    public boolean hasUndo() {
        return true;
    }

    @Override
    public void undo(RunContext run) {
        links.databases().forEach(database -> onBoth(database, schema::drop));
    }

    private void onBoth(String database, Consumer<PostgresSession> work) {
        for (Side side : Side.values()) {
            links.pool().reliably(side, database, Role.WORK, session -> {
                work.accept(session);
                return database;
            });
        }
    }
}
