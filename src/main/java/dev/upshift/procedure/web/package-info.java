/** Plans and runs over REST. */
@NullMarked
package dev.upshift.procedure.web;

import org.jspecify.annotations.NullMarked;
