package dev.upshift.switchover.internal.rehearsal;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.postgres.link.Links.SubscriptionState;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.project.Cluster;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import dev.upshift.switchover.internal.window.StagedConfigurations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Nothing was moved and nothing is left: looked at, not assumed. */
final class SeeAsBefore extends SwitchStep {

    private static final Duration AGAIN = Duration.ofMillis(500);

    SeeAsBefore(Switch sw) {
        super(sw, "see-as-before", Part.AFTER, Duration.ofMinutes(1));
    }

    @Override
    public String sentence() {
        return "See that %s serve the %s with their configuration as it was, and that the %s still follows."
                .formatted(sw.poolersInWords(), sw.from().word(), sw.to().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        List<String> wrong = new ArrayList<>(notServing());
        wrong.addAll(new StagedConfigurations(sw, run).objections());
        sw.databases().forEach(database -> wrong.addAll(left(database)));
        return wrong.isEmpty()
                ? StepOutcome.done("Everything is as it was before: the %s serves, the %s follows, nothing is left."
                        .formatted(sw.from().word(), sw.to().word()))
                : StepOutcome.retry(String.join(" ", wrong), AGAIN);
    }

    private List<String> notServing() {
        try {
            return sw.poolers().fleet().entries().entrySet().stream()
                    .flatMap(pooler -> pooler.getValue().stream()
                            .filter(entry -> !serves(entry))
                            .map(entry -> "Entry %s of %s leads to %s:%d%s."
                                    .formatted(
                                            entry.name(), pooler.getKey(), entry.host(), entry.port(), state(entry))))
                    .toList();
        } catch (PoolerUnreachable e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static String state(DatabaseEntry entry) {
        if (entry.disabled()) {
            return " and is disabled";
        }
        return entry.paused() ? " and is paused" : "";
    }

    private boolean serves(DatabaseEntry entry) {
        Cluster left = sw.project().cluster(sw.from());
        return !entry.paused()
                && !entry.disabled()
                && Stream.of(left.peer(), left.endpoint()).anyMatch(side -> side.isAt(entry.host(), entry.port()));
    }

    private List<String> left(String database) {
        List<String> wrong = new ArrayList<>();
        PostgresSession to = sw.onTo(database);
        String wayBack = sw.wayBack(database);
        if (sw.servers().links().slot(to, wayBack).isPresent()
                || sw.servers().links().hasPublication(to, wayBack)) {
            wrong.add("%s: slot or publication %s is still on the %s."
                    .formatted(database, wayBack, sw.to().word()));
        }
        if (sw.servers()
                .links()
                .subscription(to, sw.link(database))
                .filter(SubscriptionState::enabled)
                .filter(link -> link.workerPid() != null)
                .isEmpty()) {
            wrong.add("%s: the %s does not follow.".formatted(database, sw.to().word()));
        }
        return wrong;
    }
}
