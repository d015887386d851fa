/** The links of a switch: whether they carry everything, do so without a break, and can be turned round. */
@NullMarked
package dev.upshift.switchover.internal.check.link;

import org.jspecify.annotations.NullMarked;
