package dev.upshift.verification.internal.procedure;

import dev.upshift.check.replication.NotCarriedLook;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Procedure.Examination;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.verification.Verifications;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Compares row counts and hashes of every replicated table on both sides, behind barriers. */
@Component
final class Verify implements Procedure {

    private final Verifications verifications;

    Verify(Verifications verifications) {
        this.verifications = verifications;
    }

    @Override
    public ProcedureName name() {
        return ProcedureName.VERIFY;
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.REPLICATING, Phase.CUT_OVER, Phase.ROLLED_BACK);
    }

    @Override
    public Examination examine(Project project, Ports ports) {
        try (SessionPool pool = new SessionPool(ports, project, PostgresSessions.SHORT)) {
            GuardBook book = new GuardBook();
            for (Side side : Side.values()) {
                book.look("%s-reachable".formatted(side.word()), "The " + side.word() + " answers.", () -> {
                    project.databases().forEach(database -> pool.work(side, database));
                    return List.of();
                });
            }
            if (book.results().stream().allMatch(GuardResult::allowed)) {
                book.tell(
                        "not-carried",
                        "The %s has nothing that is not carried and so not compared."
                                .formatted(project.servingSide().word()),
                        () -> new NotCarriedLook(project, ports.servers().catalog(), pool).on(project.servingSide()));
            }
            return Examination.of(book.results());
        }
    }

    @Override
    public Script script(Project project, Optional<Side> without, Ports ports) {
        return new VerifyScript(project, verifications, ports);
    }
}
