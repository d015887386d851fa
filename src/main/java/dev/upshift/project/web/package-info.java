/** Projects over REST. */
@NullMarked
package dev.upshift.project.web;

import org.jspecify.annotations.NullMarked;
