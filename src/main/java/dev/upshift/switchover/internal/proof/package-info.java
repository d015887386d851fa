/** Goes through the poolers as clients do. */
@NullMarked
package dev.upshift.switchover.internal.proof;

import org.jspecify.annotations.NullMarked;
