/** What all pages share: how figures are written, how states look. */
@NullMarked
package dev.upshift.dashboard.web;

import org.jspecify.annotations.NullMarked;
