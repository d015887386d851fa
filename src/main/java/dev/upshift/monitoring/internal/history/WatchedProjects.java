package dev.upshift.monitoring.internal.history;

import dev.upshift.monitoring.internal.judge.ProjectSample;
import java.util.Optional;

/** The projects that this control plane watches itself. */
public interface WatchedProjects {

    /** What this node has seen last of the project. */
    Optional<ProjectSample> last(String slug);

    /** Whether the project is sampled, here or elsewhere, as far as this node knows. */
    boolean isWatched(String slug);
}
