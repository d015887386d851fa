package dev.upshift.engine.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.Plan.ActionKind;
import dev.upshift.engine.Plan.PlannedAction;
import dev.upshift.engine.Plan.PlannedStep;
import dev.upshift.engine.internal.plan.Planner.Recording;
import dev.upshift.engine.procedure.SimpleStep;
import dev.upshift.engine.procedure.Step;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.pooler.RecordedAction;
import dev.upshift.postgres.Recorded;
import dev.upshift.project.ExampleProjects;
import dev.upshift.project.Project;
import org.junit.jupiter.api.Test;

/** People see where and what, and of much only the beginning; the version of the plan is made from all of it. */
class ActionBookTests {

    private static final Project SHOP = ExampleProjects.shop();
    private static final Step FENCE =
            SimpleStep.step("raise-fence", "Fence the source.", run -> StepOutcome.done("Fenced."));

    private final ActionBook book = new ActionBook(SHOP);

    private static Recorded told(String text, String shown) {
        return new Recorded(Recorded.Kind.STATEMENT, SHOP.source().endpoint(), "shop", text, shown, null);
    }

    private PlannedStep onlyStep() {
        return book.recording().steps().getFirst();
    }

    @Test
    void everyActionSaysWhereItIsDone() {
        book.turnTo(FENCE);
        book.note(told("alter database shop …", "alter database shop …"));
        book.note(new RecordedAction(RecordedAction.Kind.CONSOLE, "bouncer-a", "PAUSE \"shop\"", "only if asked"));
        book.note(new RecordedAction(RecordedAction.Kind.FILE, "/etc/databases.ini", "+ shop = …", null));
        book.note(new Recorded(
                Recorded.Kind.COMMAND, SHOP.target().endpoint(), "shop", "pg_restore …", "pg_restore …", null));
        book.leave(null);

        assertThat(onlyStep().name()).isEqualTo("raise-fence");
        assertThat(onlyStep().actions())
                .containsExactly(
                        new PlannedAction(ActionKind.STATEMENT, "source/shop", "alter database shop …", false, null),
                        new PlannedAction(ActionKind.CONSOLE, "bouncer-a", "PAUSE \"shop\"", false, "only if asked"),
                        new PlannedAction(ActionKind.FILE, "/etc/databases.ini", "+ shop = …", false, null),
                        new PlannedAction(ActionKind.COMMAND, "target/shop", "pg_restore …", false, null));
    }

    @Test
    void ofManyActionsTheFirstAreShown() {
        book.turnTo(FENCE);
        for (int number = 0; number < 2_000; number++) {
            book.note(told("select setval(" + number + ")", "select setval(" + number + ")"));
        }
        book.leave(null);

        assertThat(onlyStep().actions()).hasSize(50);
        assertThat(onlyStep().further()).isEqualTo(1_950);
        assertThat(book.recording().basis()).hasSize(2_000);
    }

    @Test
    void whatIsNotShownStillCounts() {
        assertThat(recording(told("long text, one", "long …")).basis())
                .isNotEqualTo(recording(told("long text, two", "long …")).basis());
        assertThat(recording(told("the same", "the same")).basis())
                .isEqualTo(recording(told("the same", "the same")).basis());
    }

    private static Recording recording(Recorded recorded) {
        ActionBook book = new ActionBook(SHOP);
        book.turnTo(FENCE);
        book.note(recorded);
        book.leave(null);
        return book.recording();
    }

    @Test
    void aGapIsSaidAtItsStep() {
        book.turnTo(FENCE);
        book.leave("Not known to the end: the source does not answer.");

        assertThat(onlyStep().gap()).isEqualTo("Not known to the end: the source does not answer.");
        assertThat(onlyStep().actions()).isEmpty();
    }
}
