/** What the latest comparison of both sides found. */
@NullMarked
package dev.upshift.dashboard.web.verify;

import org.jspecify.annotations.NullMarked;
