package dev.upshift.verification.internal.procedure;

import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.engine.procedure.PastRuns;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.transfer.KnownEquality;
import dev.upshift.verification.Verifications;
import java.util.Optional;

/** The real comparison as a procedure, for the ports of a test. */
public final class VerifyingBench {

    private VerifyingBench() {}

    public static Procedure verify(Verifications verifications) {
        return new Verify(verifications);
    }

    /** What is known of a project that has had no run. */
    public static KnownEquality knownEquality(Verifications verifications) {
        PastRuns none = ExamplePorts.proxy(PastRuns.class, (method, arguments) -> Optional.empty());
        return new LastComparison(verifications, none);
    }
}
