package dev.upshift.verification.internal.procedure;

import dev.upshift.engine.procedure.Procedure;
import dev.upshift.verification.Verifications;

/** The real comparison as a procedure, for the ports of a test. */
public final class VerifyingBench {

    private VerifyingBench() {}

    public static Procedure verify(Verifications verifications) {
        return new Verify(verifications);
    }
}
