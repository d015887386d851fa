package dev.upshift.check.internal.entry;

import java.util.Optional;
import java.util.Set;

/**
 * The server that a project would leave.
 *
 * @param systemIdentifier empty when it did not answer
 * @param sessions process ids of its sessions in the databases that move
 */
record LeftServer(Optional<Long> systemIdentifier, Set<Integer> sessions) {

    static final LeftServer SILENT = new LeftServer(Optional.empty(), Set.of());
}
