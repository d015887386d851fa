/** Results of comparisons over REST. */
@NullMarked
package dev.upshift.verification.web;

import org.jspecify.annotations.NullMarked;
