package dev.upshift.engine.internal.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.Step;
import dev.upshift.engine.procedure.StepOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepGroupsTests {

    @Test
    void aGroupIsWhatStandsBesideTheStepBeforeIt() {
        List<Step> steps = List.of(
                alone("hold"), alone("set"), beside("stop"), beside("advance"), alone("pivot"), alone("resume"));

        assertThat(StepGroups.of(steps)).extracting(List::size).containsExactly(1, 3, 1, 1);
        assertThat(StepGroups.of(List.of())).isEmpty();
    }

    private static Step alone(String name) {
        return new Named(name, false);
    }

    private static Step beside(String name) {
        return new Named(name, true);
    }

    private record Named(String name, boolean isBesidePrevious) implements Step {

        @Override
        public Part part() {
            return Part.WINDOW;
        }

        @Override
        public String sentence() {
            return name;
        }

        @Override
        public Duration deadline() {
            return Duration.ofMinutes(1);
        }

        @Override
        public StepOutcome perform(RunContext run) {
            return StepOutcome.done(name);
        }
    }
}
