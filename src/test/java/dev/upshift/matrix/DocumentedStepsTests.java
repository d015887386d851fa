package dev.upshift.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who reads a journal finds every step of it in the runbook. */
class DocumentedStepsTests {

    private static final Path RUNBOOK = Path.of("docs/operations/cutover.md");

    @ParameterizedTest
    @EnumSource(names = {"CUTOVER", "ROLLBACK", "REHEARSE"})
    void everyStepOfASwitchIsInTheRunbook(ProcedureName procedure) throws IOException {
        Upgrade upgrade = new Upgrade(true);
        upgrade.turnTo(procedure);
        List<String> steps;
        try (Script script = upgrade.script(upgrade.world.project())) {
            steps = script.steps().stream().map(Step::name).toList();
        }
        String runbook = Files.readString(RUNBOOK);

        assertThat(steps).contains("pause-poolers", "look-again");
        assertThat(steps).allMatch(step -> runbook.contains("`" + step + "`"));
    }
}
