package dev.upshift.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.CheckResult.Errored;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.NotApplicable;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.project.Acceptance;
import dev.upshift.project.ExampleProjects;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckListTests {

    private static final Finding FIRST = new Finding(
            Place.on(Side.SOURCE, "shop"), List.of("public.a"), "public.a is too small.", "Make it larger.");
    private static final Finding SECOND =
            new Finding(Place.on(Side.TARGET, "crm"), List.of("public.b"), "public.b is too small.", "Make it larger.");
    private static final Finding THIRD = new Finding(Place.at("bouncer-a"), List.of(), "it is paused.", "RESUME it.");

    private final List<String> asked = new ArrayList<>();

    @Test
    void everyKindOfResultIsToldAndOnlyWhatIsCertainAllows() {
        assertThat(outcome(Severity.BLOCKER, new Passed()).guard())
                .isEqualTo(new GuardResult("example", true, "All is well."));
        assertThat(outcome(Severity.BLOCKER, new NotApplicable("There is nothing to look at."))
                        .guard())
                .isEqualTo(new GuardResult("example", true, "There is nothing to look at."));
        assertThat(outcome(Severity.INFO, new Errored("The server is away.")).guard())
                .isEqualTo(new GuardResult("example", false, "The server is away."));
        assertThat(outcome(Severity.BLOCKER, new Found(List.of(FIRST))).allows())
                .isFalse();
        assertThat(outcome(Severity.WARNING, new Found(List.of(FIRST))).allows())
                .isTrue();
        assertThat(outcome(Severity.INFO, new Found(List.of(FIRST))).allows()).isTrue();
    }

    @Test
    void aFindingSaysWhereAndWhatAndWhatToDo() {
        assertThat(FIRST.sentence()).isEqualTo("shop on the source: public.a is too small. Make it larger.");
        assertThat(THIRD.sentence()).isEqualTo("bouncer-a: it is paused. RESUME it.");
        assertThat(Place.on(Side.TARGET).words()).isEqualTo("target");
        assertThat(Place.onBoth("shop").words()).isEqualTo("shop");
        assertThat(new Finding(Place.ofProject(), List.of(), "Nobody rehearsed it.", "Rehearse it.").sentence())
                .isEqualTo("Nobody rehearsed it. Rehearse it.");
    }

    @Test
    void whatIsToBeDoneAboutSeveralInARowIsSaidOnce() {
        Finding like = new Finding(
                Place.on(Side.SOURCE, "crm"), List.of("public.c"), "public.c is too small.", "Make it larger.");
        assertThat(outcome(Severity.BLOCKER, new Found(List.of(FIRST, like, SECOND, THIRD)))
                        .words())
                .as("it means one side")
                .isEqualTo("shop on the source: public.a is too small. crm on the source: public.c is too small."
                        + " Make it larger. crm on the target: public.b is too small. Make it larger. bouncer-a: it is"
                        + " paused. RESUME it.");
    }

    @Test
    void whatAProjectAcceptsIsStillTold() {
        CheckOutcome accepted =
                new CheckOutcome("example", Severity.BLOCKER, true, "All is well.", new Found(List.of(FIRST)));

        assertThat(accepted.guard())
                .isEqualTo(new GuardResult("example", true, "Accepted for this project: " + FIRST.sentence()));
        assertThat(new CheckOutcome("example", Severity.BLOCKER, true, "", new Errored("Away.")).allows())
                .isFalse();
    }

    @Test
    void whatNobodyMayAcceptIsAcceptedByNoProject() {
        Project accepting = ExampleProjects.accepting(List.of(Acceptance.APPLICATION_LOGINS));
        assertThat(Asked.guard(new Example("lax", false, new Found(List.of(FIRST, SECOND))), accepting))
                .returns(true, GuardResult::allowed)
                .extracting(GuardResult::reason)
                .asString()
                .startsWith("Accepted for this project: ");
        Found strict = new Found(List.of(FIRST, SECOND.acceptedByNobody()));
        assertThat(Asked.guard(new Example("strict", false, strict), accepting))
                .returns(false, GuardResult::allowed)
                .extracting(GuardResult::reason)
                .asString()
                .startsWith("shop on the source: ");
    }

    @Test
    void whatHasPassedMaySaySomethingBesides() {
        assertThat(outcome(Severity.BLOCKER, new Passed("Only said: a newer version."))
                        .guard())
                .isEqualTo(new GuardResult("example", true, "All is well. Only said: a newer version."));
    }

    @Test
    void afterAGateThatDoesNotOpenNobodyIsAsked() {
        assertThat(ask(new Example("gate", true, new Passed()), new Example("next", false, new Passed())))
                .containsExactly("gate", "next");
        assertThat(ask(
                        new Example("plain", false, new Found(List.of(FIRST))),
                        new Example("gate", true, new Errored("Away.")),
                        new Example("next", false, new Passed())))
                .containsExactly("plain", "gate");
    }

    @Test
    void whatThrowsHasNotPassed() {
        assertThat(Asked.guard(new Example("broken", false, null), ExampleProjects.shop()))
                .matches(result -> !result.allowed());
    }

    private List<String> ask(Example... checks) {
        asked.clear();
        try (ProjectInspection inspected = ProjectInspection.of(ExampleProjects.shop(), ExamplePorts.of())) {
            assertThat(CheckList.<Inspection>of(List.of(checks)).guards(inspected))
                    .extracting(GuardResult::guard)
                    .containsExactlyElementsOf(asked);
        }
        return asked;
    }

    private static CheckOutcome outcome(Severity severity, CheckResult result) {
        return new CheckOutcome("example", severity, false, "All is well.", result);
    }

    private final class Example implements Check<Inspection> {

        private final String id;
        private final boolean gate;
        private final @Nullable CheckResult result;

        Example(String id, boolean gate, @Nullable CheckResult result) {
            this.id = id;
            this.gate = gate;
            this.result = result;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Severity severity() {
            return Severity.BLOCKER;
        }

        @Override
        public Scope scope() {
            return Scope.BOTH;
        }

        @Override
        public Set<Moment> moments() {
            return EnumSet.of(Moment.PLAN);
        }

        @Override
        public Optional<Acceptance> acceptance() {
            return Optional.of(Acceptance.APPLICATION_LOGINS);
        }

        @Override
        public boolean isGate() {
            return gate;
        }

        @Override
        public String fine(Inspection inspected) {
            return "All is well.";
        }

        @Override
        public CheckResult look(Inspection inspected) {
            asked.add(id);
            if (result == null) {
                throw new IllegalStateException("The server is away.");
            }
            return result;
        }
    }
}
