/** How consoles, clients and configuration files are spoken to. */
@NullMarked
package dev.upshift.pooler.internal;

import org.jspecify.annotations.NullMarked;
