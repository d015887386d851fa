package dev.upshift.switchover;

import dev.upshift.engine.Rehearsal;
import java.util.Optional;

/** What rehearsals have measured. Touches no server. */
public interface Rehearsals {

    /**
     * The last rehearsal that succeeded.
     *
     * @throws dev.upshift.project.ProjectNotFound if there is no such project
     */
    Optional<Rehearsal> latest(String slug);

    /** What a run has measured; empty unless it is a rehearsal that succeeded. */
    Optional<Rehearsal> of(String slug, int run);
}
