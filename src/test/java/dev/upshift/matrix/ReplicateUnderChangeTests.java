package dev.upshift.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.project.Phase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the link sends is changed while replicate runs; how it was made is noted before anybody reads from it. */
@ExtendWith(Quietly.class)
class ReplicateUnderChangeTests {

    private final Upgrade upgrade = ready();

    private static Upgrade ready() {
        return new Upgrade(false).after(ProcedureName.COPY_SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-tables", "analyze", "record-phase"})
    void aTableThatLeftTheLinkForAWhileIsNamedUntilItIsInOrder(String step) {
        Database source = upgrade.world.source.database("billing");
        Run blocked = upgrade.run(ProcedureName.REPLICATE, new Happening(before(step), plane -> source.entry++));

        assertThat(blocked.status()).as(upgrade.explain(step)).isEqualTo(RunStatus.BLOCKED);
        assertThat(blocked.outcome()).contains("billing on the source: ", "public.stock was not sent for a while");
        assertThat(upgrade.world.project().phase()).isEqualTo(Phase.SCHEMA_COPIED);

        upgrade.continueIfBlocked();
        assertThat(upgrade.run().status()).as("nobody has done anything").isEqualTo(RunStatus.BLOCKED);
        source.entry--;
        upgrade.continueIfBlocked();
        assertThat(upgrade.run().status()).as(upgrade.explain(step)).isEqualTo(RunStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-tables", "analyze", "record-phase"})
    void aPublicationThatWasAlteredIsDoubted(String step) {
        Database source = upgrade.world.source.database("billing");
        Run run = upgrade.run(ProcedureName.REPLICATE, new Happening(before(step), plane -> source.alterations++));

        assertThat(run.status()).as(upgrade.explain(step)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.outcome()).contains("billing: the publication ", "was altered after it was made", "Verify");
        assertThat(upgrade.world.doubted).hasSize(1).allMatch(link -> link.contains("billing"));
    }

    /** The notes of an attempt that was aborted are not those of the next one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void anAttemptThatIsBegunAgainIsNotedAgain(int alterations) {
        Database source = upgrade.world.source.database("billing");
        upgrade.run(
                ProcedureName.REPLICATE,
                new Happening(before("copy-tables"), plane -> upgrade.bench().abort()));
        assertThat(upgrade.run().status()).as(upgrade.explain("aborted")).isEqualTo(RunStatus.ABORTED);

        source.alterations += alterations;
        source.entry += alterations;
        assertThat(upgrade.run(ProcedureName.REPLICATE, Trouble.NONE).status())
                .as(upgrade.explain("again"))
                .isEqualTo(RunStatus.SUCCEEDED);
        assertThat(upgrade.world.doubted).isEmpty();
        assertThat(upgrade.world.knownTables)
                .allSatisfy((link, tables) -> assertThat(tables).isNotEqualTo(Map.of()));
    }

    private static int before(String step) {
        Upgrade calm = ready();
        calm.run(ProcedureName.REPLICATE, Trouble.NONE);
        List<String> moments = calm.count().moments;
        return moments.indexOf(moments.stream()
                .filter(moment -> moment.startsWith("before journal") && moment.contains(step + " STARTED"))
                .findFirst()
                .orElseThrow());
    }
}
