/** Statements that one check asks, each a file. */
@NullMarked
package dev.upshift.postgres.internal.question;

import org.jspecify.annotations.NullMarked;
