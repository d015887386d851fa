/** Bells that tell open pages and API clients when to look again. */
@NullMarked
package dev.upshift.dashboard.web.live;

import org.jspecify.annotations.NullMarked;
