package dev.upshift.switchover.internal.wayback;

import dev.upshift.check.Finding;
import dev.upshift.engine.Evidence;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.Links.SubscriptionDefinition;
import dev.upshift.postgres.link.Links.SubscriptionState;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.records.KnownSubscriber;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.Names;
import dev.upshift.switchover.internal.look.ApplyObstacles;
import dev.upshift.switchover.internal.look.LinkLook;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import dev.upshift.transfer.link.KnownSubscriptions;
import dev.upshift.transfer.link.LinkDifferences.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Replicates backwards from the slot that was prepared, beginning where the journal says. The subscriber's origin is moved
 * there and not the slot, whose advance is not durable before the next checkpoint: the subscriber asks for what comes
 * after its origin, and the slot follows.
 */
public final class StartWayBack extends SwitchStep {

    private static final Duration AGAIN = Duration.ofSeconds(1);

    public StartWayBack(Switch sw) {
        super(sw, "start-way-back", Part.AFTER, Duration.ofMinutes(5));
    }

    @Override
    public String sentence() {
        return "Subscribe the %s to the %s, so that there is a way back."
                .formatted(sw.from().word(), sw.to().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        return LostWayBack.outcome(sw, run)
                .or(() -> ApplyObstacles.outcome(sw))
                .or(this::nowhereToGo)
                .orElseGet(() -> subscribe(run));
    }

    /** What is sent and is not there, such as a partition that was dropped since the guards looked: nobody can subscribe. */
    private Optional<StepOutcome> nowhereToGo() {
        List<String> missing = sw.databases().stream()
                .map(database -> LinkLook.wayBack(sw, database))
                .flatMap(link -> link.findings(EnumSet.of(Reason.MISSING)).stream())
                .map(Finding::sentence)
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(StepOutcome.retry(
                        "The way back cannot begin: %s What is made so is empty: Verify then, and copy it anew. Or, if nobody needs its rows any more, drop it on the %s as well. Either is seen within a second."
                                .formatted(String.join(" ", missing), sw.to().word()),
                        AGAIN));
    }

    private StepOutcome subscribe(RunContext run) {
        List<String> idle = new ArrayList<>();
        for (String database : sw.databases()) {
            Lsn start = run.fact(Evidence.WAY_BACK_START.of(database))
                    .orElseThrow(() -> new IllegalStateException(
                            "Where the way back of %s starts is missing in the journal.".formatted(database)));
            if (!sw.pool().reliably(sw.from(), database, Role.READ, session -> subscribe(session, database, start))) {
                idle.add(sw.wayBack(database));
            }
            rememberSubscriber(database);
        }
        if (!idle.isEmpty()) {
            return StepOutcome.retry("Enabled, and not enabled: " + Names.some(idle) + ".", AGAIN);
        }
        return StepOutcome.done(
                "The %s follows the %s.".formatted(sw.from().word(), sw.to().word()));
    }

    /** So that slots of tables that it may copy later are told from others' should it be gone before they are. */
    private void rememberSubscriber(String database) {
        Links links = sw.servers().links();
        String name = sw.wayBack(database);
        sw.pool()
                .reliably(sw.from(), database, Role.READ, session -> KnownSubscriber.of(links, session, name))
                .ifPresent(subscriber ->
                        sw.records().links().keepSubscriber(sw.project().id(), name, subscriber));
    }

    /** Whether it is enabled now. */
    private boolean subscribe(PostgresSession session, String database, Lsn start) {
        Links links = sw.servers().links();
        String name = sw.wayBack(database);
        Optional<SubscriptionState> present = links.subscription(session, name);
        if (present.filter(SubscriptionState::enabled).isPresent()) {
            return true;
        }
        sw.records().links().begins(sw.project().id(), name);
        if (present.isEmpty()) {
            links.subscribe(
                    session,
                    new SubscriptionDefinition(
                            name,
                            sw.project().cluster(sw.to()).peer(),
                            database,
                            name,
                            name,
                            false,
                            false,
                            false,
                            sw.project().settings().binaryCopy()));
        }
        links.advanceOrigin(session, name, start);
        KnownSubscriptions known = LinkLook.subscriptions(sw);
        known.begin(session, name);
        known.beforeAltering(session, name);
        links.enable(session, name);
        return links.subscription(session, name)
                .filter(SubscriptionState::enabled)
                .isPresent();
    }
}
