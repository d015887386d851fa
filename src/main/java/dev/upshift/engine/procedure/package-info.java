/** What a procedure is made of: its steps, the ports that the engine hands it, and what it answers. */
@NullMarked
@NamedInterface("procedure")
package dev.upshift.engine.procedure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
