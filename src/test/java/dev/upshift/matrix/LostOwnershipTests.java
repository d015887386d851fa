package dev.upshift.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.procedure.Ownership;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.Step;
import dev.upshift.engine.procedure.StepOutcome.Succeeded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that was stopped between two of its instructions wakes when its run is somebody else's: whichever procedure
 * it performs and wherever it was, nothing is changed any more on a server, at a pooler, in a file or in what is
 * remembered of them.
 */
class LostOwnershipTests {

    private static final Map<ProcedureName, List<ProcedureName>> BEFORE = Map.of(
            ProcedureName.COPY_SCHEMA, List.of(),
            ProcedureName.REPLICATE, List.of(ProcedureName.COPY_SCHEMA),
            ProcedureName.VERIFY, List.of(ProcedureName.COPY_SCHEMA, ProcedureName.REPLICATE),
            ProcedureName.REHEARSE, List.of(ProcedureName.COPY_SCHEMA, ProcedureName.REPLICATE),
            ProcedureName.CUTOVER, List.of(ProcedureName.COPY_SCHEMA, ProcedureName.REPLICATE),
            ProcedureName.ROLLBACK, List.of(ProcedureName.COPY_SCHEMA, ProcedureName.REPLICATE, ProcedureName.CUTOVER),
            ProcedureName.FINISH, List.of(ProcedureName.COPY_SCHEMA, ProcedureName.REPLICATE, ProcedureName.CUTOVER),
            ProcedureName.ABANDON, List.of(ProcedureName.COPY_SCHEMA, ProcedureName.REPLICATE));

    @ParameterizedTest
    @EnumSource
    void whoHasLostItsRightChangesNothing(ProcedureName procedure) {
        Upgrade upgrade = begin(procedure);

        perform(upgrade, new Lost(0, upgrade));

        assertThat(changes(upgrade)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoLosesItOnTheWayChangesNothingFromThenOn(ProcedureName procedure) {
        Upgrade whole = begin(procedure);
        Lost never = new Lost(Integer.MAX_VALUE, whole);
        perform(whole, never);
        assertThat(changes(whole)).as("changes of %s", procedure.word()).isNotEmpty();

        for (int granted = 1; granted < never.asked; granted += 3) {
            Upgrade upgrade = begin(procedure);
            Lost owner = new Lost(granted, upgrade);
            perform(upgrade, owner);

            assertThat(changes(upgrade)).as("after %d grants", granted).hasSize(owner.changesWhenLost);
        }
    }

    private static Upgrade begin(ProcedureName procedure) {
        Upgrade upgrade = new Upgrade(true);
        BEFORE.get(procedure).forEach(upgrade::after);
        upgrade.turnTo(procedure);
        return upgrade;
    }

    private static List<String> changes(Upgrade upgrade) {
        return upgrade.count().moments.stream()
                .filter(moment -> moment.startsWith("before "))
                .toList();
    }

    /** All that a control plane ever does with a script, whatever becomes of each. */
    private static void perform(Upgrade upgrade, Ownership owner) {
        PlainRun run = new PlainRun();
        try (Script script = upgrade.script(upgrade.world.project(), owner)) {
            for (Step step : script.steps()) {
                trying(() -> {
                    if (step.perform(run) instanceof Succeeded(String _, Map<String, String> facts)) {
                        run.facts.putAll(facts);
                    }
                });
            }
            trying(() -> script.hold().release());
            trying(() -> script.hold().keepServing());
            for (Step step : script.steps().reversed()) {
                trying(() -> step.undo(run));
            }
        }
    }

    private static void trying(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException refused) {
            // what counts is what was changed
        }
    }

    /** So often it is granted, then somebody else owns the run. */
    private static final class Lost implements Ownership {

        private final int granted;
        private final Upgrade upgrade;
        private int asked;
        private int changesWhenLost;

        Lost(int granted, Upgrade upgrade) {
            this.granted = granted;
            this.upgrade = upgrade;
        }

        @Override
        public void require() {
            if (!mayConclude()) {
                throw new IllegalStateException("The run is somebody else's.");
            }
        }

        @Override
        public boolean isSure() {
            return asked < granted;
        }

        @Override
        public boolean mayConclude() {
            asked++;
            if (asked == granted + 1) {
                changesWhenLost = changes(upgrade).size();
            }
            return asked <= granted;
        }

        @Override
        public String mark() {
            return "run 7.1";
        }
    }

    /** Remembers what its steps tell it. */
    private static final class PlainRun implements RunContext {

        private final Map<String, String> facts = new HashMap<>();

        @Override
        public Map<String, String> facts() {
            return facts;
        }

        @Override
        public void remember(String sentence, Map<String, String> more) {
            facts.putAll(more);
        }

        @Override
        public void progress(String sentence) {}

        @Override
        public boolean isContinued() {
            return false;
        }

        @Override
        public void stopIfAborted() {}
    }
}
