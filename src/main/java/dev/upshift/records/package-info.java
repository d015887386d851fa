/** What is remembered of foreign servers from run to run: links and their tables, fences, schemas held back. */
@NullMarked
@ApplicationModule(allowedDependencies = {"metadata", "project", "monitoring", "postgres", "shared"})
package dev.upshift.records;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
