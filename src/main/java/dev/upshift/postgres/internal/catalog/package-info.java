/** What the system catalogues and the activity views say of a server and its databases. */
@NullMarked
package dev.upshift.postgres.internal.catalog;

import org.jspecify.annotations.NullMarked;
