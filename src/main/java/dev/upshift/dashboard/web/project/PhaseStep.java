package dev.upshift.dashboard.web.project;

import dev.upshift.dashboard.web.situation.Situation;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.project.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a project's way, for the stepper.
 *
 * @param at when it was reached; null when it was not
 * @param words what it waits for, or how it stands; null when the time says enough
 */
public record PhaseStep(
        String name,
        State state,
        @Nullable Instant at,
        @Nullable String words) {

    /** Where the project stands with regard to a step. */
    public enum State {
        DONE("done"),
        NOW("now"),
        LATER("later");

        private final String word;

        State(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** The whole way, in order. */
    public static List<PhaseStep> of(Situation situation) {
        Phase phase = situation.project().phase();
        int now = now(situation);
        List<PhaseStep> steps = new ArrayList<>();
        steps.add(run(situation, now, 0, ProcedureName.COPY_SCHEMA, "was not done"));
        steps.add(run(situation, now, 1, ProcedureName.REPLICATE, "waits for the schema"));
        steps.add(
                now > 2 && situation.isDoubted()
                        ? new PhaseStep(ProcedureName.VERIFY.title(), State.LATER, null, "not proven equal")
                        : run(situation, now, 2, ProcedureName.VERIFY, "waits for the data"));
        steps.add(
                now > 3 && situation.lastSuccess(ProcedureName.REHEARSE).isEmpty()
                        ? new PhaseStep(ProcedureName.REHEARSE.title(), State.LATER, null, "was left out")
                        : run(situation, now, 3, ProcedureName.REHEARSE, "clients are held, nothing moves"));
        steps.add(
                phase == Phase.ROLLED_BACK && now == 4
                        ? new PhaseStep(
                                "Cut over", State.NOW, situation.project().phaseChangedAt(), "rolled back")
                        : run(situation, now, 4, ProcedureName.CUTOVER, "clients move to the target"));
        steps.add(new PhaseStep(
                "Watch",
                state(now, 5),
                now == 5 ? situation.project().phaseChangedAt() : null,
                now == 5 ? "since" : now < 5 ? "the way back stays ready" : null));
        steps.add(run(situation, now, 6, ProcedureName.FINISH, "clean up"));
        return List.copyOf(steps);
    }

    private static int now(Situation situation) {
        return switch (situation.project().phase()) {
            case DRAFT -> 0;
            case SCHEMA_COPIED -> 1;
            case REPLICATING, ROLLED_BACK -> situation.isVerified() ? (situation.isRehearsed() ? 4 : 3) : 2;
            case CUT_OVER -> 5;
            case FINISHED -> 7;
            case ABANDONED -> -1;
        };
    }

    private static PhaseStep run(Situation situation, int now, int index, ProcedureName procedure, String waitsFor) {
        State state = state(now, index);
        if (state == State.NOW) {
            return situation
                    .current()
                    .filter(run -> run.procedure() == procedure)
                    .map(run -> new PhaseStep(procedure.title(), State.NOW, run.startedAt(), "under way since"))
                    .orElseGet(() -> new PhaseStep(procedure.title(), State.NOW, null, "comes next"));
        }
        Instant at = state == State.DONE || now < 0
                ? situation.lastSuccess(procedure).map(Run::endedAt).orElse(null)
                : null;
        return new PhaseStep(
                procedure.title(),
                at == null ? state : State.DONE,
                at,
                state == State.DONE || at != null ? null : waitsFor);
    }

    private static State state(int now, int index) {
        if (now < 0 || index > now) {
            return State.LATER;
        }
        return index < now ? State.DONE : State.NOW;
    }
}
