package dev.upshift.procedure.internal.switching;

import dev.upshift.procedure.Procedures.PauseReading;
import dev.upshift.procedure.internal.engine.Ownership;
import dev.upshift.procedure.internal.engine.Script;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A script that holds clients: a switch or its rehearsal. What keeps clients from being held for ever is the same for
 * both, and stands here, so that neither can lack it.
 */
abstract class HoldingScript implements Script {

    /** What the steps share. */
    protected final Switch sw;

    HoldingScript(Switch sw) {
        this.sw = sw;
    }

    @Override
    public final void release() {
        if (sw.watch().isHolding()) {
            sw.releaseClients();
            sw.watch().giveUp();
        }
    }

    @Override
    public final void ownedBy(Ownership ownership) {
        sw.ownedBy(ownership);
    }

    @Override
    public final void abort(String why) {
        sw.watch().expireNow(why);
    }

    @Override
    public final void takeBackPivot() {
        sw.watch().takeBackPivot();
    }

    @Override
    public final void replaceFormerOwner() {
        sw.replaceFormerOwner();
    }

    @Override
    public final boolean mayHavePaused() {
        return sw.watch().hasBegun();
    }

    @Override
    public final void keepServing() {
        sw.keepServing();
    }

    @Override
    public final Map<String, String> evidence() {
        return Map.copyOf(sw.evidence());
    }

    @Override
    public final Optional<PauseReading> pause() {
        return sw.watch().reading();
    }

    @Override
    public final Optional<Long> pauseMillis() {
        return sw.watch().heldMillis();
    }

    @Override
    public final void together(List<Runnable> work) {
        sw.parts().concurrently().forEach(work, Runnable::run);
    }

    @Override
    public final void beside(Runnable work) {
        var _ = sw.parts().concurrently().begin(() -> {
            work.run();
            return true;
        });
    }

    @Override
    public final void close() {
        sw.close();
    }
}
