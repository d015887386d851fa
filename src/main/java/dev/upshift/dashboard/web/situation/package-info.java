/** What every page of a project begins with: what is known of it at this moment, and the heading above. */
@NullMarked
package dev.upshift.dashboard.web.situation;

import org.jspecify.annotations.NullMarked;
