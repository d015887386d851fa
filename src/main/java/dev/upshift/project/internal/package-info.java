/** How projects are validated, kept and protected. */
@NullMarked
package dev.upshift.project.internal;

import org.jspecify.annotations.NullMarked;
