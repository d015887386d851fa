package dev.upshift.project;

import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;

/** All projects of this installation. */
public interface Projects extends Port {

    /** Every project, by name. */
    @Looks
    List<Project> all();

    @Looks
    Optional<Project> bySlug(String slug);

    /** @throws ProjectNotFound if there is none */
    @Looks
    default Project get(String slug) {
        return bySlug(slug).orElseThrow(() -> new ProjectNotFound(slug));
    }

    /**
     * Registers a project after every endpoint was tried for real.
     *
     * @throws InvalidProject if a field is wrong or an endpoint does not answer as it must; nothing was saved
     * @throws ProjectConflict if there is a project of this slug
     */
    Project register(ProjectDraft draft);

    /**
     * Changes name, endpoints, poolers or settings; blank passwords keep the stored ones of the same addresses.
     *
     * @throws ProjectNotFound if there is none
     * @throws InvalidProject as in {@link #register}
     * @throws ProjectConflict if the current phase forbids it, somebody else changed the project meanwhile, or endpoints
     *     or poolers are to change while they are {@linkplain ProjectInUse in use}
     */
    Project change(String slug, ProjectDraft draft);

    /**
     * Forgets a project that is in {@code DRAFT} or over.
     *
     * @throws ProjectNotFound if there is none
     * @throws ProjectConflict if something of ours may still be on its servers, or they are in use
     */
    void remove(String slug);

    /**
     * Moves a project to its next phase; the only writer of phase and serving side.
     *
     * @throws ProjectNotFound if there is none
     * @throws IllegalStateException if the transition table does not have this step
     */
    Project transition(String slug, Phase next, Side servingSide);
}
