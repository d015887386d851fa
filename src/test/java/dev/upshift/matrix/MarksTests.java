package dev.upshift.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.RunStatus;
import dev.upshift.records.MarkedTable;
import dev.upshift.shared.Direction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** By what tables are known: who notes it, and who insists on it. */
@ExtendWith(Quietly.class)
class MarksTests {

    private final Upgrade upgrade = new Upgrade(false).after(ProcedureName.COPY_SCHEMA, ProcedureName.REPLICATE);

    @Test
    void whereNothingWasNotedAVerifyIsAskedForAndNothingIsNotedByTheWay() {
        Map<String, List<MarkedTable>> noted = Map.copyOf(upgrade.world.knownMarks);
        upgrade.world.knownMarks.clear();

        assertThat(upgrade.run(ProcedureName.CUTOVER, Trouble.NONE).status()).isEqualTo(RunStatus.ABORTED);
        assertThat(upgrade.run().outcome())
                .contains("billing on the source: it was never noted how its tables were", "Verify");
        assertThat(upgrade.world.knownMarks.keySet()).noneMatch(link -> link.endsWith(Direction.FORWARD.word()));

        upgrade.world.knownMarks.putAll(noted);
        upgrade.after(ProcedureName.CUTOVER);
        assertThat(upgrade.run().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    /** A switch notes it for the way back, and that one for the next way. */
    @Test
    void nobodyIsRefusedOnTheWayBackAndForthAgain() {
        upgrade.after(ProcedureName.CUTOVER, ProcedureName.ROLLBACK);
        upgrade.world.knownMarks.keySet().removeIf(link -> link.endsWith(Direction.REVERSE.word()));

        upgrade.after(ProcedureName.CUTOVER, ProcedureName.ROLLBACK);

        assertThat(upgrade.run().status()).isEqualTo(RunStatus.SUCCEEDED);
    }
}
