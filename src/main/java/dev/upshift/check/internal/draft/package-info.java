/** A draft of a project as its servers and poolers answered when it was tried. */
@NullMarked
package dev.upshift.check.internal.draft;

import org.jspecify.annotations.NullMarked;
