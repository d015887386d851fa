package dev.upshift.procedure.internal.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.TableMark;
import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.RunStatus;
import dev.upshift.procedure.internal.common.MarkedTable;
import dev.upshift.shared.Direction;
import dev.upshift.shared.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** By what tables are known: who notes it, who insists on it, and who forgets it. */
@ExtendWith(Quietly.class)
class MarksTests {

    private final Upgrade upgrade = new Upgrade(false).after(ProcedureName.REPLICATE);

    @Test
    void whereNothingWasNotedAVerifyIsAskedForAndEnough() {
        upgrade.world.knownMarks.clear();

        assertThat(upgrade.run(ProcedureName.CUTOVER, Trouble.NONE).status()).isEqualTo(RunStatus.ABORTED);
        assertThat(upgrade.run().outcome())
                .contains("billing: it was never noted how the tables of the source", "Verify");
        assertThat(upgrade.world.knownMarks.keySet())
                .as("only for the way back")
                .noneMatch(link -> link.endsWith(Direction.FORWARD.word()));

        upgrade.run(ProcedureName.VERIFY, Trouble.NONE);
        assertThat(upgrade.run(ProcedureName.CUTOVER, Trouble.NONE).status())
                .as(upgrade.explain("verified"))
                .isEqualTo(RunStatus.SUCCEEDED);
        assertThat(upgrade.run(ProcedureName.ROLLBACK, Trouble.NONE).status())
                .as(upgrade.explain("back"))
                .isEqualTo(RunStatus.SUCCEEDED);
        assertThat(upgrade.run(ProcedureName.CUTOVER, Trouble.NONE).status())
                .as(upgrade.explain("again"))
                .isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aVerifyLeavesWhatCameMeanwhile() {
        MarkedTable came = MarkedTable.of(
                        List.of(new TableMark(new TableName("public", "came"), 77, false, 1, 1, "", "")), List.of())
                .getFirst();
        upgrade.world.knownMarks.replaceAll((link, tables) -> List.of(came));

        upgrade.run(ProcedureName.VERIFY, Trouble.NONE);

        assertThat(upgrade.world.knownMarks)
                .isNotEmpty()
                .allSatisfy((link, tables) -> assertThat(tables).contains(came).hasSizeGreaterThan(1));
    }
}
