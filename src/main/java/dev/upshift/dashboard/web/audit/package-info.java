/** Who did what to a project. */
@NullMarked
package dev.upshift.dashboard.web.audit;

import org.jspecify.annotations.NullMarked;
