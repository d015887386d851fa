package dev.upshift.project;

import java.util.Optional;

/**
 * Somebody who works with a project's servers and poolers, asked before they are changed or the project is removed:
 * whoever goes on with that work later, in another process perhaps, must find the same ones.
 */
public interface ProjectInUse {

    /** What goes on, in a sentence; empty when nothing does. */
    Optional<String> by(long projectId);
}
