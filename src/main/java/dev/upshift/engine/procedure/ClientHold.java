package dev.upshift.engine.procedure;

import dev.upshift.engine.Procedures.PauseReading;
import java.util.Optional;

/** What a script that holds clients answers for, so that nobody is held for ever; of all others nothing is to be let go. */
public interface ClientHold {

    /** Of scripts that hold nobody. */
    ClientHold NONE = new ClientHold() {};

    /**
     * Called at once when a run fails or is aborted before the pivot, before anything is undone: lets clients go again
     * if they are held. Never throws.
     */
    default void release() {}

    /**
     * Somebody asked for the run to be aborted: what a step is waiting for is ended, and clients that are held are let go,
     * unless the pivot is being passed. Called from any thread; never waits.
     *
     * @param why the sentence with which a step then fails
     */
    default void abort(String why) {}

    /** The pause clock while clients are held. */
    default Optional<PauseReading> pause() {
        return Optional.empty();
    }

    /** Milliseconds that clients were held by the attempt that counted. */
    default Optional<Long> pauseMillis() {
        return Optional.empty();
    }

    /** The pivot was decided for, but its row is not committed and never will be: clients can be let go again. */
    default void takeBackPivot() {}

    /**
     * Called before the first step of a run that somebody else had begun: begins to end that owner's sessions where
     * possible, so that nothing it had sent is done later. Never waits and never throws.
     */
    default void replaceFormerOwner() {}

    /** Whether this has ever sent a PAUSE, or was about to. */
    default boolean mayHavePaused() {
        return false;
    }

    /**
     * RESUMEs what is paused; nothing else. Called again and again after a take-over, and when no run is active: then
     * nobody means clients to be held, and a PAUSE can only be that of an owner that was asleep. Never throws.
     */
    default void keepServing() {}
}
