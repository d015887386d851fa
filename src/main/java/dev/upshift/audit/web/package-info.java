/** The record over REST. */
@NullMarked
package dev.upshift.audit.web;

import org.jspecify.annotations.NullMarked;
