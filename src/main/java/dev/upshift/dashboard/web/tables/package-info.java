/** The tables of one project, page by page. */
@NullMarked
package dev.upshift.dashboard.web.tables;

import org.jspecify.annotations.NullMarked;
