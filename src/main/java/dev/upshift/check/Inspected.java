package dev.upshift.check;

import dev.upshift.project.Acceptance;

/** Something that checks look at. It belongs to a project, or to what is to become one. */
public interface Inspected {

    /** Whether the project lets pass what a check finds that may be accepted by this. */
    boolean accepts(Acceptance finding);
}
