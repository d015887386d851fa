package dev.upshift.project;

import java.util.function.Supplier;

/** Keeps a project as it was read while somebody begins to work with its servers and poolers. */
public interface ProjectLock {

    /**
     * Does something in one transaction of the metadata database; whoever wants to change the project meanwhile waits for
     * its end.
     *
     * @throws ProjectNotFound if it was removed since it was read
     * @throws ProjectConflict if it was changed since it was read; nothing was done
     */
    <T> T whileUnchanged(Project read, Supplier<T> work);
}
