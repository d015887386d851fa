/** What logical replication cannot carry, and what must not meet it on either side. */
@NullMarked
@NamedInterface("replication")
package dev.upshift.check.replication;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
