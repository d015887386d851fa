/** Short sessions on foreign servers, with hard timeouts, and what is thrown when a server does not answer. */
@NullMarked
@NamedInterface("session")
package dev.upshift.postgres.session;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
