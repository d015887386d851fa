/** Sequences: what they have handed out, and setting them so that no value comes twice. */
@NullMarked
@NamedInterface("sequence")
package dev.upshift.postgres.sequence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
