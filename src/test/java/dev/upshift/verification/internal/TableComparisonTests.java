package dev.upshift.verification.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.rows.ComparedRows.ComparedTable;
import dev.upshift.postgres.rows.ComparedRows.TableSide;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.verification.Verifications.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Thousands of worlds in which a table is written while it is compared. */
class TableComparisonTests {

    private static final int WORLDS = 2_000;
    private static final ComparedTable TABLE = new ComparedTable(
            new TableName("shop", "ledger"),
            false,
            false,
            40,
            List.of("Entry Id", "content"),
            List.of("Entry Id"),
            List.of("bigint"));

    @Test
    void whatIsOnlyBeingWrittenIsNeverCalledDifferent() {
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        for (int seed = 0; seed < WORLDS; seed++) {
            // From hardly written to more writes than rows between any two looks.
            verdicts.merge(compare(new ReplicatedWorld(seed, 40, 30, seed % 40)).verdict(), 1, Integer::sum);
        }
        assertThat(verdicts).doesNotContainKey(Verdict.DIFFERENT).containsKey(Verdict.EQUAL);
        assertThat(verdicts.get(Verdict.EQUAL)).isGreaterThan(WORLDS * 9 / 10);
    }

    @Test
    void lostInsertIsFoundAmongManyWrites() {
        for (int seed = 0; seed < WORLDS; seed++) {
            ReplicatedWorld world = new ReplicatedWorld(seed, 40, 30, seed % 20);
            world.lose(70, "lost");
            assertThat(compare(world)).satisfies(outcome -> {
                assertThat(outcome.verdict()).isEqualTo(Verdict.DIFFERENT);
                assertThat(outcome.note())
                        .contains("differ, for example the row with Entry Id = 70 is missing on the target");
            });
        }
    }

    @Test
    void lostUpdateIsFoundAmongManyWrites() {
        for (int seed = 0; seed < WORLDS; seed++) {
            ReplicatedWorld world = new ReplicatedWorld(seed, 40, 30, seed % 20);
            world.lose(35, "lost");
            assertThat(compare(world).note()).contains("the row with Entry Id = 35 has other values on the target");
        }
    }

    @Test
    void lostDeleteIsFoundAmongManyWrites() {
        for (int seed = 0; seed < WORLDS; seed++) {
            ReplicatedWorld world = new ReplicatedWorld(seed, 40, 30, seed % 20);
            world.lose(35, null);
            assertThat(compare(world).note()).contains("the row with Entry Id = 35 is only on the target");
        }
    }

    @Test
    void forgedRowIsFound() {
        ReplicatedWorld world = new ReplicatedWorld(1, 40, 30, 5);
        world.forge(99, "forged");
        assertThat(compare(world).verdict()).isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void largeDifferenceIsToldByItsFirstRows() {
        ReplicatedWorld world = new ReplicatedWorld(1, 40, 30, 0);
        for (int key = 100; key < 5_100; key++) {
            world.lose(key, "lost");
        }
        assertThat(compare(world).note()).startsWith("1000 or more rows differ, for example the row with Entry Id = ");
    }

    @Test
    void rowThatIsStuckWhileThePublishersChangesToAndFroIsNeverEqual() {
        for (int seed = 0; seed < WORLDS; seed++) {
            ReplicatedWorld world = new ReplicatedWorld(seed, 40, 30, seed % 5);
            world.toggleAndLose(35);
            assertThat(compare(world).verdict()).isIn(Verdict.DIFFERENT, Verdict.FAILED);
            assertThat(compareWritten(world).verdict()).isIn(Verdict.DIFFERENT, Verdict.FAILED);
        }
    }

    @Test
    void rowThatSomebodyWritesToAndFroAtTheReplicaIsNeverEqual() {
        for (int seed = 0; seed < WORLDS; seed++) {
            ReplicatedWorld world = new ReplicatedWorld(seed, 40, 30, seed % 5);
            world.toggleAtReplica(35);
            assertThat(compare(world).verdict()).isIn(Verdict.DIFFERENT, Verdict.FAILED);
            assertThat(compareWritten(world).verdict()).isIn(Verdict.DIFFERENT, Verdict.FAILED);
        }
    }

    private static TableOutcome compareWritten(ReplicatedWorld world) {
        BothSides sides = world.sides();
        return new TableComparison(sides, world::barrier, world::barrier, new ComparisonNotes(TABLE, Side.TARGET))
                .compareWritten(sides.ask(TableSide::totals));
    }

    private static TableOutcome compare(ReplicatedWorld world) {
        BothSides sides = world.sides();
        return new TableComparison(sides, world::barrier, world::barrier, new ComparisonNotes(TABLE, Side.TARGET))
                .compare(sides.ask(TableSide::totals));
    }
}
