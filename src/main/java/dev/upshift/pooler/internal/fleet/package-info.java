/** Pauses, resumes and reloads all poolers of a project together. */
@NullMarked
package dev.upshift.pooler.internal.fleet;

import org.jspecify.annotations.NullMarked;
