package dev.upshift.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.matrix.SwitchMatrixTests.Scenario;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the journal knows of the last steps before the pivot. */
@ExtendWith(Quietly.class)
class PivotCommitTests {

    /** So whoever finds one of them done in the journal finds the pivot passed, and whatever comes then comes after it. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REHEARSAL")
    void theyAreDoneByTheSameCommitAsThePivot(Scenario scenario) {
        assertThat(scenario.moments())
                .filteredOn(moment -> moment.startsWith("after journal") && moment.contains("set-sequences SUCCEEDED"))
                .singleElement()
                .asString()
                .contains("stop-link SUCCEEDED", "note-way-back SUCCEEDED", "pass-pivot SUCCEEDED");
    }
}
