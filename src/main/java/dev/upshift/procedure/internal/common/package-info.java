/** What several procedures share: names of links, sessions of a run, the barrier. */
@NullMarked
package dev.upshift.procedure.internal.common;

import org.jspecify.annotations.NullMarked;
