/** Links, that is publications, subscriptions and their slots: what they hold, how far they are, and the barrier behind which all has arrived. */
@NullMarked
@NamedInterface("link")
package dev.upshift.postgres.link;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
