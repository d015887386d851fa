package dev.upshift.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.RunStatus;
import dev.upshift.matrix.BrokenCall.How;
import dev.upshift.matrix.SwitchMatrixTests.Scenario;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server answers an order without an error, and nothing came of it: what a switch relies on it reads again, and so
 * ends on one side or the other with nothing lost, as after any other failure.
 */
@ExtendWith(Quietly.class)
class NotDoneMatrixTests {

    /** Orders of sequences, links and sentinels. A look that answers nothing would be another matter. */
    private static final Pattern ORDERS = Pattern.compile("Sequences\\.set .*|HelperSchema\\.write .*"
            + "|Links\\.(publish|dropPublication|createSlot|subscribe|enable|disable|refresh|dropSubscription) .*");

    @ParameterizedTest
    @EnumSource(names = {"CUTOVER", "ROLLBACK", "REHEARSAL"})
    void anOrderThatIsNotCarriedOut(Scenario scenario) {
        List<String> calls = scenario.calls();
        Cases.all(calls.size(), call -> ORDERS.matcher(calls.get(call)).matches(), call -> {
            Upgrade upgrade = scenario.begin();
            upgrade.run(scenario.procedure, new BrokenCall(call, How.NOT_DONE));
            String what = "answered and not done: call %d, %s".formatted(call, calls.get(call));
            scenario.assertOneOrTheOther(upgrade, what);
            scenario.assertGoesOnFromHere(upgrade, what);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"CUTOVER", "ROLLBACK"})
    void sequencesThatDidNotMoveAreNamed(Scenario scenario) {
        List<String> calls = scenario.calls();
        Cases.all(calls.size(), call -> calls.get(call).startsWith("Sequences.set "), call -> {
            Upgrade upgrade = scenario.begin();
            upgrade.run(scenario.procedure, new BrokenCall(call, How.NOT_DONE));
            assertThat(upgrade.run().status()).isEqualTo(RunStatus.ABORTED);
            assertThat(upgrade.run().outcome())
                    .contains("did not take the value that was set: public.", "stands at", "start again");
        });
    }

    @Test
    void thereAreTwoOrdersOfSequencesBeforeTheWindowAndOneInItForEachDatabase() {
        assertThat(Scenario.CUTOVER.calls().stream().filter(call -> call.startsWith("Sequences.set ")))
                .hasSize(6);
    }
}
