/** What stands around every page: top bar, theme, sign-in, errors. */
@NullMarked
package dev.upshift.dashboard.web.frame;

import org.jspecify.annotations.NullMarked;
