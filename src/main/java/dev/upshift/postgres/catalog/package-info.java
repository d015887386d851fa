/** What is in a server and its databases, read as types: tables and what identifies their rows, triggers, statistics, what replication does not carry. */
@NullMarked
@NamedInterface("catalog")
package dev.upshift.postgres.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
