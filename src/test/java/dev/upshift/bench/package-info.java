/** The benchmark profile: what a switch costs clients, beside what a bare PAUSE and RESUME costs them. */
@NullMarked
package dev.upshift.bench;

import org.jspecify.annotations.NullMarked;
