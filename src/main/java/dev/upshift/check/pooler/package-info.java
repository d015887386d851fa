/** Judgements about poolers, for all who ask: when a project is saved and before its clients are moved. */
@NullMarked
@NamedInterface("pooler")
package dev.upshift.check.pooler;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
