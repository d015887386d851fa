package dev.upshift.transfer;

import dev.upshift.project.Project;

/** Says, before the last chance to find out is given away, how equal both sides of a project are known to be. */
@FunctionalInterface
public interface KnownEquality {

    /** In sentences, with what follows if that is not enough. */
    String told(Project project);
}
