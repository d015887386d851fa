package dev.upshift.dashboard.web.project;

import dev.upshift.dashboard.web.situation.Situation;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import java.util.Optional;

/**
 * The latest run, when it did not do what it should.
 *
 * @param outcome why, and what is true now
 */
public record Failure(int run, String title, String outcome) {

    static Optional<Failure> of(Situation situation) {
        return situation.runs().stream()
                .findFirst()
                .filter(run -> run.status() == RunStatus.ABORTED || run.status() == RunStatus.BLOCKED)
                .map(Failure::of);
    }

    private static Failure of(Run run) {
        String how = run.status() == RunStatus.BLOCKED
                ? " needs a person"
                : run.procedure() == ProcedureName.VERIFY ? " did not prove both sides equal" : " was aborted";
        return new Failure(
                run.number(),
                run.procedure().title() + " (run " + run.number() + ")" + how,
                run.outcome() == null ? "" : run.outcome());
    }
}
