/** What the poolers of a project must be, and where their entries must lead. */
@NullMarked
package dev.upshift.check.internal.pooler;

import org.jspecify.annotations.NullMarked;
