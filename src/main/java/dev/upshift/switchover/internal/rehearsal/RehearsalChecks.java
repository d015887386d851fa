package dev.upshift.switchover.internal.rehearsal;

import dev.upshift.check.Check;
import dev.upshift.check.CheckList;
import dev.upshift.check.Checks;
import dev.upshift.engine.Plan.Rehearsed;
import dev.upshift.project.Project;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whether a switch was rehearsed, and as its project wants it. */
@Component
public final class RehearsalChecks implements Checks {

    private static final CheckList<Switch> NONE = CheckList.of(List.of());

    private final RecordedRehearsals rehearsals;
    private final CheckList<Switch> required;

    RehearsalChecks(RecordedRehearsals rehearsals, Clock clock) {
        this.rehearsals = rehearsals;
        this.required = CheckList.of(List.of(new RehearsedSwitch(this::last, clock)));
    }

    /** What is asked before a cutover of this project; nothing where it does without. */
    public CheckList<Switch> of(Project project) {
        return project.settings().rehearsalRequired() ? required : NONE;
    }

    /** What is asked of whoever must never wait for a rehearsal. */
    public CheckList<Switch> none() {
        return NONE;
    }

    /** The last rehearsal, whether or not the project asks for one. */
    public Optional<Rehearsed> last(Switch sw) {
        return sw.memo().once(RehearsalChecks.class, () -> {
            RehearsedPlan now = RehearsedPlan.of(sw);
            return rehearsals
                    .latest(sw.project(), now.procedure())
                    .map(last -> new Rehearsed(last, !last.planVersion().equals(now.version())));
        });
    }

    @Override
    public List<? extends Check<?>> all() {
        return required.all();
    }
}
