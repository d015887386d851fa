/** What a procedure would do, whether it may, and the button that starts it. */
@NullMarked
package dev.upshift.dashboard.web.plan;

import org.jspecify.annotations.NullMarked;
