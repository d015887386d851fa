/** How replication is sampled, judged and kept. */
@NullMarked
package dev.upshift.monitoring.internal;

import org.jspecify.annotations.NullMarked;
