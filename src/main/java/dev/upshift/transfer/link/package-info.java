/** What our links carry and to whom, told from what others made of it; and how links are taken away. */
@NullMarked
@NamedInterface("link")
package dev.upshift.transfer.link;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
