/** Runs and plans by REST. */
@NullMarked
package dev.upshift.engine.web;

import org.jspecify.annotations.NullMarked;
