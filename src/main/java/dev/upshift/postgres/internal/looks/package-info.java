/** What is looked at again and again while a database is watched. */
@NullMarked
package dev.upshift.postgres.internal.looks;

import org.jspecify.annotations.NullMarked;
