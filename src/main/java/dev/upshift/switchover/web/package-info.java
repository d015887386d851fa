/** Rehearsals by REST. */
@NullMarked
package dev.upshift.switchover.web;

import org.jspecify.annotations.NullMarked;
