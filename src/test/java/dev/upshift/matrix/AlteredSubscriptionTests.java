package dev.upshift.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.RunStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody alters a subscription and puts it back: who notices, and that we do not take ourselves for him. */
@ExtendWith(Quietly.class)
class AlteredSubscriptionTests {

    private static final String ALTERED = "was altered by somebody";

    private final Upgrade upgrade = new Upgrade(false).after(ProcedureName.COPY_SCHEMA);

    /** Before we disable and enable it ourselves, which is after the copy. */
    @ParameterizedTest
    @ValueSource(strings = {"copy-tables", "build-held-back", "analyze"})
    void whileTablesAreCopiedADoubtIsLeft(String step) {
        upgrade.run(ProcedureName.REPLICATE, new Happening(before(ProcedureName.REPLICATE, step), this::alter));

        assertThat(upgrade.run().status()).as(upgrade.explain(step)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(upgrade.run().outcome()).contains(ALTERED, "No cutover before that.");
        assertThat(upgrade.run(ProcedureName.CUTOVER, Trouble.NONE).outcome()).contains(ALTERED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait-for-calm", "pause-poolers"})
    void duringASwitchItTurnsBack(String step) {
        upgrade.after(ProcedureName.REPLICATE);

        upgrade.run(ProcedureName.CUTOVER, new Happening(before(ProcedureName.CUTOVER, step), this::alter));

        assertThat(upgrade.run().status()).as(upgrade.explain(step)).isEqualTo(RunStatus.ABORTED);
        assertThat(upgrade.run().outcome()).contains(ALTERED);
    }

    /** Disabled and enabled again on the way back from a failure: nobody is refused afterwards. */
    @Test
    void whatARunHasAlteredItselfIsNoDoubt() {
        upgrade.after(ProcedureName.REPLICATE);
        upgrade.run(
                ProcedureName.CUTOVER,
                new Happening(
                        before(ProcedureName.CUTOVER, "note-way-back"),
                        plane -> upgrade.bench().abort()));
        assertThat(upgrade.run().status()).as(upgrade.explain("aborted")).isEqualTo(RunStatus.ABORTED);
        int writer = upgrade.world.target.database("billing").subscriptions.values().stream()
                .mapToInt(subscription -> subscription.writer)
                .findFirst()
                .orElseThrow();

        assertThat(writer).isGreaterThan(2); // Replicate does so, too
        upgrade.after(ProcedureName.CUTOVER, ProcedureName.ROLLBACK, ProcedureName.CUTOVER);
        assertThat(upgrade.run().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    private void alter(ControlPlane plane) {
        upgrade.world.target.database("billing").subscriptions.values().forEach(Subscription::alteredBySomebody);
    }

    private static int before(ProcedureName procedure, String step) {
        Upgrade calm = new Upgrade(false).after(ProcedureName.COPY_SCHEMA);
        if (procedure != ProcedureName.REPLICATE) {
            calm.after(ProcedureName.REPLICATE);
        }
        calm.run(procedure, Trouble.NONE);
        List<String> moments = calm.count().moments;
        return moments.indexOf(moments.stream()
                .filter(moment -> moment.startsWith("before journal") && moment.contains(step + " STARTED"))
                .findFirst()
                .orElseThrow());
    }
}
