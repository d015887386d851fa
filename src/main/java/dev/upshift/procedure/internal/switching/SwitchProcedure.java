package dev.upshift.procedure.internal.switching;

import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.procedure.Plan.PoolerDifference;
import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.internal.common.GuardBook;
import dev.upshift.procedure.internal.common.HeldBackSchemas;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.procedure.internal.engine.Script;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Set;

/** Cutover and rollback: the same procedure with the sides exchanged. */
final class SwitchProcedure implements Procedure {

    private final ProcedureName name;
    private final Side from;
    private final Set<Phase> phases;
    private final SwitchParts parts;
    private final PoolerConsoles consoles;
    private final HeldBackSchemas heldBack;

    SwitchProcedure(
            ProcedureName name,
            Side from,
            Set<Phase> phases,
            SwitchParts parts,
            PoolerConsoles consoles,
            HeldBackSchemas heldBack) {
        this.name = name;
        this.from = from;
        this.phases = phases;
        this.parts = parts;
        this.consoles = consoles;
        this.heldBack = heldBack;
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
    public Examination examine(Project project) {
        try (Switch sw = new Switch(project, from, parts)) {
            GuardBook book = new GuardBook();
            new PoolerGuards(sw, consoles).look(book);
            boolean configurationKnown = book.results().getFirst().allowed();
            new SwitchGuards(sw, heldBack).look(book);
            return configurationKnown
                    ? new Examination(book.results(), differences(sw.changes()), basis(sw.changes()))
                    : Examination.of(book.results());
        }
    }

    private static List<PoolerDifference> differences(List<PoolerChange> changes) {
        return changes.stream()
                .map(change -> new PoolerDifference(
                        change.pooler().name(), change.diff().lines()))
                .toList();
    }

    private static List<String> basis(List<PoolerChange> changes) {
        return changes.stream()
                .map(change -> change.pooler().name() + " " + change.current().hash() + " "
                        + change.next().hash())
                .toList();
    }

    @Override
    public Script script(Project project) {
        return new SwitchScript(new Switch(project, from, parts));
    }
}
