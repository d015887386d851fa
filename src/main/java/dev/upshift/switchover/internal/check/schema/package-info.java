/** Whether clients find on the side that is entered what they leave behind, and the way back has room. */
@NullMarked
package dev.upshift.switchover.internal.check.schema;

import org.jspecify.annotations.NullMarked;
