/** What the two clusters of a project must be. */
@NullMarked
package dev.upshift.check.internal.cluster;

import org.jspecify.annotations.NullMarked;
