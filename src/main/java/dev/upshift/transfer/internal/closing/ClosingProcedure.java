package dev.upshift.transfer.internal.closing;

import dev.upshift.check.Check;
import dev.upshift.check.CheckList;
import dev.upshift.check.Checks;
import dev.upshift.engine.Plan.LeftOut;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Procedure.Examination;
import dev.upshift.engine.procedure.Script;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finish and abandon: both take every link and the helper schema away, prove it, and end the project. */
final class ClosingProcedure implements Procedure, Checks {

    private final ProcedureName name;
    private final Set<Phase> phases;
    private final Phase end;
    private final CheckList<Closing> checks;

    /** @param checks what it must not start without */
    ClosingProcedure(ProcedureName name, Set<Phase> phases, Phase end, List<Check<? super Closing>> checks) {
        this.name = name;
        this.phases = phases;
        this.end = end;
        this.checks = CheckList.of(checks);
    }

    @Override
    public ProcedureName name() {
        return name;
    }

    @Override
    public Set<Phase> phases() {
        return phases;
    }

    @Override
    public Examination examine(Project project, Ports ports) {
        if (project.phase() == Phase.DRAFT) {
            return Examination.of(List.of());
        }
        try (Closing closing = Closing.of(project, ports)) {
            Optional<LeftOut> leftOut = closing.leftOut(); // before the checks, which rely on it
            return Examination.of(checks.guards(closing), leftOut);
        }
    }

    /** As {@link #examine} sees it, with the same patience. */
    @Override
    public Optional<Side> without(Project project, Ports ports) {
        if (project.phase() == Phase.DRAFT) {
            return Optional.empty();
        }
        try (Closing closing = Closing.of(project, ports)) {
            return closing.leftOut().map(LeftOut::side);
        }
    }

    @Override
    public Script script(Project project, Optional<Side> without, Ports ports) {
        return new ClosingScript(project, end, without, ports);
    }

    CheckList<Closing> checks() {
        return checks;
    }

    @Override
    public List<? extends Check<?>> all() {
        return checks.all();
    }
}
