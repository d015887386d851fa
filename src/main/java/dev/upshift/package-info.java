/** Upshift: a control plane that upgrades a live PostgreSQL to a new major version and back. */
@NullMarked
package dev.upshift;

import org.jspecify.annotations.NullMarked;
