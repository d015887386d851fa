package dev.upshift.switchover.internal.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.ApplicationTest;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.Step;
import dev.upshift.project.ExampleProjects;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.HoldingScript;
import dev.upshift.switchover.internal.script.SwitchScript;
import dev.upshift.switchover.internal.sequence.SetSequences;
import dev.upshift.switchover.internal.wayback.DropOldLink;
import dev.upshift.switchover.internal.wayback.NoteWayBack;
import dev.upshift.switchover.internal.wayback.StartWayBack;
import dev.upshift.switchover.internal.wayback.StopLink;
import dev.upshift.switchover.internal.window.LookAgain;
import dev.upshift.switchover.internal.window.MoveClients;
import dev.upshift.switchover.internal.window.PassPivot;
import dev.upshift.switchover.internal.window.RecordServingSide;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a rehearsal consists of, and what it therefore cannot do. */
@ApplicationTest
class RehearsalScriptTests {

    private static final List<Class<? extends Step>> OWN = List.of(
            WatchLoad.class,
            NoteOpenTransactions.class,
            ResumeClients.class,
            TakeBack.class,
            SeeAsBefore.class,
            KeepReport.class);

    @Autowired
    private List<Procedure> procedures;

    @Autowired
    private Ports ports;

    private List<Step> steps(ProcedureName name, Project project) {
        Procedure procedure = procedures.stream()
                .filter(one -> one.name() == name)
                .findFirst()
                .orElseThrow();
        try (Script script = procedure.script(project, Optional.empty(), ports)) {
            return script.steps();
        }
    }

    private static List<String> words(List<Step> steps) {
        return steps.stream()
                .map(step -> step.part() + " " + step.name() + ": " + step.sentence())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"CUTOVER, REPLICATING, SOURCE", "CUTOVER, ROLLED_BACK, SOURCE", "ROLLBACK, CUT_OVER, TARGET"})
    void itHasTheStepsOfTheNextSwitchUpToTheLookBehindTheFence(ProcedureName next, Phase phase, Side serving) {
        Project project = ExampleProjects.shop(phase, serving);
        List<Step> rehearsal = steps(ProcedureName.REHEARSE, project);
        List<Step> shared = rehearsal.stream()
                .filter(step -> !OWN.contains(step.getClass()))
                .toList();

        assertThat(shared.getLast()).isInstanceOf(LookAgain.class);
        assertThat(words(steps(next, project))).startsWith(words(shared).toArray(String[]::new));
        assertThat(OWN).allMatch(own -> rehearsal.stream().anyMatch(own::isInstance));
    }

    @Test
    void itHasNothingThatCouldMoveClients() {
        List<Step> rehearsal = steps(ProcedureName.REHEARSE, ExampleProjects.shop());

        assertThat(rehearsal)
                .hasSizeGreaterThan(12)
                .doesNotHaveAnyElementsOfTypes(
                        SetSequences.class,
                        StopLink.class,
                        NoteWayBack.class,
                        PassPivot.class,
                        MoveClients.class,
                        RecordServingSide.class,
                        DropOldLink.class,
                        StartWayBack.class);
        assertThat(rehearsal).extracting(Step::part).doesNotContain(Part.PIVOT, Part.COMPLETION);
    }

    /** What keeps clients from being held for ever belongs to {@link HoldingScript}: neither may lack it. */
    @ParameterizedTest
    @ValueSource(classes = {SwitchScript.class, RehearsalScript.class})
    void whatProtectsClientsIsTheSameForBoth(Class<? extends HoldingScript> script) {
        assertThat(script.getDeclaredMethods())
                .filteredOn(
                        method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .extracting(Method::getName)
                .containsExactlyInAnyOrder("steps", "success");
    }

    @Test
    void whateverHoldsClientsIsUndoneFirst() {
        List<Step> holding = steps(ProcedureName.REHEARSE, ExampleProjects.shop()).stream()
                .filter(Step::isUndoneFirst)
                .toList();

        assertThat(holding).extracting(Step::name).containsExactly("pause-poolers");
    }

    @Test
    void theForecastKnowsTheStepsThatBothHave() {
        List<String> window = steps(ProcedureName.REHEARSE, ExampleProjects.shop()).stream()
                .filter(step -> step.part() == Part.WINDOW && !(step instanceof ResumeClients))
                .map(Step::name)
                .toList();

        assertThat(window).containsExactlyInAnyOrderElementsOf(Forecasting.SHARED);
    }
}
