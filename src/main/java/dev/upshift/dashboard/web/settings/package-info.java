/** Forms that register and change a project. */
@NullMarked
package dev.upshift.dashboard.web.settings;

import org.jspecify.annotations.NullMarked;
