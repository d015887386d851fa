package dev.upshift.postgres.internal.record;

import dev.upshift.postgres.link.Links.SlotState;
import dev.upshift.postgres.link.WalStatus;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Lsn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Slots as they would be by then: those that were created are there, those that were dropped are not, none is behind. */
final class PlannedSlots {

    private static final ByteCount NOTHING = new ByteCount(0);

    private final Map<String, Boolean> changed = new HashMap<>();

    boolean isCreated(String slot) {
        return changed.getOrDefault(slot, false);
    }

    boolean isDropped(String slot) {
        return !changed.getOrDefault(slot, true);
    }

    void create(String slot) {
        changed.put(slot, true);
    }

    void drop(String slot) {
        changed.put(slot, false);
    }

    /** Those whose names begin so, of which some are there already. */
    List<SlotState> beginning(String prefix, String database, List<SlotState> there) {
        Stream<SlotState> left =
                there.stream().filter(state -> !isDropped(state.name())).map(PlannedSlots::calm);
        Stream<SlotState> made = changed.keySet().stream()
                .filter(this::isCreated)
                .filter(name -> name.startsWith(prefix))
                .filter(name -> there.stream().noneMatch(state -> state.name().equals(name)))
                .map(name -> new SlotState(name, database, true, 0, new Lsn(0), NOTHING, NOTHING, WalStatus.RESERVED));
        return Stream.concat(left, made).toList();
    }

    private static SlotState calm(SlotState state) {
        return new SlotState(
                state.name(),
                state.database(),
                true,
                state.activePid(),
                state.confirmedFlush(),
                NOTHING,
                state.retained(),
                state.walStatus());
    }
}
