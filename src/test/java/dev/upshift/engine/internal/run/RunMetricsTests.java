package dev.upshift.engine.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunEnded;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.procedure.StepOutcome;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunMetricsTests {

    private final EngineWorld world = new EngineWorld();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RunMetrics metrics = new RunMetrics(registry, world.runs, world.journal);

    private void measured(Run run) {
        metrics.on(new RunEnded(
                MemoryRuns.PROJECT,
                run.slug(),
                run.number(),
                run.procedure(),
                run.status(),
                String.valueOf(run.outcome())));
    }

    @Test
    void aSwitchThatWentThroughGivesItsPauseAndItsSteps() {
        world.pauseMillis = Optional.of(240L);

        measured(world.run(world.everyKind()));

        assertThat(registry.get("upshift.run.pause")
                        .tag("procedure", "cutover")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(240);
        for (RecordedStep step : world.everyKind()) {
            assertThat(registry.get("upshift.run.step")
                            .tag("step", step.name())
                            .timer()
                            .count())
                    .as(step.name())
                    .isEqualTo(1);
        }
        assertThat(registry.find("upshift.run.aborts").counters()).isEmpty();
    }

    @Test
    void anAbortIsCountedUnderTheStepThatFailed() {
        List<RecordedStep> steps = List.of(world.step("stage", Part.BEFORE), world.step("drain", Part.WINDOW));
        steps.getLast().first(context -> StepOutcome.failed("A transaction is still open."));
        world.pauseMillis = Optional.of(240L);

        Run run = world.run(steps);
        measured(run);

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(aborts("drain")).isEqualTo(1);
        assertThat(registry.find("upshift.run.pause").timers())
                .as("nobody was moved in that time")
                .isEmpty();
    }

    @Test
    void anAbortThatSomebodyAskedForIsCountedAsAPersons() {
        List<RecordedStep> steps = world.everyKind();
        steps.get(2).first(context -> {
            world.leases.abort("ola");
            world.keeper.renew();
            return StepOutcome.retry("Not yet.", Duration.ofHours(1));
        });

        measured(world.run(steps));

        assertThat(aborts("person")).isEqualTo(1);
    }

    @Test
    void anAbortAfterATakeOverIsCountedAsTheOwners() {
        List<RecordedStep> steps = world.everyKind();
        steps.get(3).first(context -> {
            world.leases.take(1);
            world.keeper.renew();
            return StepOutcome.done("Fenced.");
        });
        world.run(steps);
        world.process();

        measured(world.takeUp(world.everyKind()));

        assertThat(aborts("owner")).isEqualTo(1);
    }

    @Test
    void aRunThatNobodyKnowsIsNoError() {
        metrics.on(new RunEnded(MemoryRuns.PROJECT, "shop", 7, ProcedureName.CUTOVER, RunStatus.SUCCEEDED, "Done."));

        assertThat(registry.getMeters()).extracting(Meter::getId).isEmpty();
    }

    private double aborts(String reason) {
        return registry.get("upshift.run.aborts")
                .tag("reason", reason)
                .counter()
                .count();
    }
}
