/** The state of replication over REST. */
@NullMarked
package dev.upshift.monitoring.web;

import org.jspecify.annotations.NullMarked;
