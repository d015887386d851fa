/**
 * What is remembered of foreign servers from run to run: slots, links and their tables, fences, schemas held back. Its
 * tables were made by the migrations of the modules in which they began, {@code engine} and {@code monitoring}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"metadata", "project", "postgres", "postgres :: *", "shared"})
package dev.upshift.records;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
