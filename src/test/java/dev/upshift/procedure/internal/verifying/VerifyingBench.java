package dev.upshift.procedure.internal.verifying;

import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.procedure.internal.engine.Procedure;

/** The real comparison as a procedure, over the ports of a test; no more of it than what its guards look at. */
public final class VerifyingBench {

    private VerifyingBench() {}

    public static Procedure verify(PostgresSessions sessions, Catalog catalog) {
        return new Verify(sessions, catalog, null, null, null, null); // nothing is run here
    }
}
