/** The list of all projects. */
@NullMarked
package dev.upshift.dashboard.web.projects;

import org.jspecify.annotations.NullMarked;
