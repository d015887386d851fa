/**
 * The lab: real PostgreSQL clusters, real PgBouncers and a write load that remembers every write it was promised, for
 * the real-server tests, the practice lab and the benchmark.
 */
@NullMarked
package dev.upshift.lab;

import org.jspecify.annotations.NullMarked;
