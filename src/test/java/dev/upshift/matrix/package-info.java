/** The real procedures in a simulated world, where a process may die or be failed at any moment. */
@NullMarked
package dev.upshift.matrix;

import org.jspecify.annotations.NullMarked;
