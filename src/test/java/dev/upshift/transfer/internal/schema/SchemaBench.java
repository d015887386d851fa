package dev.upshift.transfer.internal.schema;

import dev.upshift.engine.procedure.Procedure;

/** The real copy of a schema, for the ports of a test; without its checks. */
public final class SchemaBench {

    private SchemaBench() {}

    public static Procedure copySchema() {
        return new CopySchema(null);
    }
}
