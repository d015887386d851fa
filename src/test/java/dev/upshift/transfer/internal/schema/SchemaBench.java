package dev.upshift.transfer.internal.schema;

import dev.upshift.engine.procedure.Procedure;
import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.SubscriberRoom;
import dev.upshift.postgres.UnqualifiedCalls;
import java.util.List;

/** The real copy of a schema, for the ports of a test; without its guards. */
public final class SchemaBench {

    private SchemaBench() {}

    public static Procedure copySchema() {
        return new CopySchema(null);
    }

    /** The guards of a copy, over the looks of a test. */
    public static CopyGuards guards(SubscriberRoom room, UnqualifiedCalls calls, Catalog catalog) {
        return new CopyGuards(room, calls, (session, commands) -> List.of(), catalog);
    }
}
