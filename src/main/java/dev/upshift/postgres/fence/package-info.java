/** The fence that keeps clients from writing to a side, and what stands in its way. */
@NullMarked
@NamedInterface("fence")
package dev.upshift.postgres.fence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
