/** Takes away what we created: finish, abandon. */
@NullMarked
package dev.upshift.procedure.internal.closing;

import org.jspecify.annotations.NullMarked;
