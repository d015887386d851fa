package dev.upshift.switchover.internal.rehearsal;

import dev.upshift.engine.Plan.Rehearsed;
import dev.upshift.engine.Rehearsal;
import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.project.Project;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whether a switch was rehearsed, and as its project wants it. */
@Component
public final class RehearsalGuard {

    private final RecordedRehearsals rehearsals;
    private final Clock clock;

    RehearsalGuard(RecordedRehearsals rehearsals, Clock clock) {
        this.rehearsals = rehearsals;
        this.clock = clock;
    }

    /** Looks, and answers the last rehearsal. */
    public Optional<Rehearsed> look(GuardBook book, Switch sw) {
        Optional<Rehearsed> rehearsed = rehearsed(sw);
        look(book, sw.project(), rehearsed);
        return rehearsed;
    }

    /** The last rehearsal, whether or not the project asks for one. */
    public Optional<Rehearsed> rehearsed(Switch sw) {
        RehearsedPlan now = RehearsedPlan.of(sw);
        return rehearsals
                .latest(sw.project(), now.procedure())
                .map(last -> new Rehearsed(last, !last.planVersion().equals(now.version())));
    }

    void look(GuardBook book, Project project, Optional<Rehearsed> rehearsed) {
        if (project.settings().rehearsalRequired()) {
            book.look(
                    "rehearsal",
                    "This plan was rehearsed, as the project asks.",
                    () -> objections(project.settings().rehearsalMaxAge(), rehearsed, clock.instant()));
        }
    }

    static List<String> objections(Duration limit, Optional<Rehearsed> rehearsed, Instant now) {
        if (rehearsed.isEmpty()) {
            return List.of(
                    "This project asks for a rehearsal before a cutover, and none has succeeded. Rehearse first.");
        }
        Rehearsal last = rehearsed.get().last();
        if (rehearsed.get().planChanged()) {
            return List.of(
                    "The plan has changed since it was rehearsed (run %d). Rehearse it again.".formatted(last.run()));
        }
        Duration age = Duration.between(last.endedAt(), now);
        return age.compareTo(limit) > 0
                ? List.of("The last rehearsal (run %d) is %s old; this project accepts %s. Rehearse again."
                        .formatted(last.run(), words(age), words(limit)))
                : List.of();
    }

    /** In the largest unit of which there are two at least. */
    private static String words(Duration duration) {
        if (duration.toDays() >= 2) {
            return duration.toDays() + " days";
        }
        return duration.toHours() >= 2 ? duration.toHours() + " h" : duration.toMinutes() + " min";
    }
}
