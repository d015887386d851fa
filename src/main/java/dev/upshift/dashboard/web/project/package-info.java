/** The overview of one project: picture, phases, what is next, health, lag. */
@NullMarked
package dev.upshift.dashboard.web.project;

import org.jspecify.annotations.NullMarked;
