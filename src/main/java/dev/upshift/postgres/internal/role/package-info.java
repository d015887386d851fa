/** Database roles: what ours may do, and copying and levelling those of others. */
@NullMarked
package dev.upshift.postgres.internal.role;

import org.jspecify.annotations.NullMarked;
