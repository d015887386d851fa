package dev.upshift.switchover.internal.wayback;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.Links.SubscriptionState;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Names;
import dev.upshift.switchover.internal.look.LinkLook;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;

/** Nothing is left to apply; the worker is ended rather than waited for. */
public final class StopLink extends SwitchStep {

    public StopLink(Switch sw) {
        super(sw, "stop-link", Part.WINDOW, sw.project().settings().pauseBudget());
    }

    @Override
    public String sentence() {
        return "Disable the subscription that fed the %s.".formatted(sw.to().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        List<String> enabled = sw.fanOut().map(sw.databases(), this::stop).stream()
                .flatMap(Optional::stream)
                .toList();
        return enabled.isEmpty()
                ? StepOutcome.done("The subscription that fed the " + sw.to().word() + " is disabled.")
                : StepOutcome.failed("Disabled, and enabled again: %s. Find out who does that, and start again."
                        .formatted(Names.some(enabled)));
    }

    /** A link that goes on would carry round in circles what the way back brings. */
    private Optional<String> stop(String database) {
        Links links = sw.servers().links();
        links.disable(sw.onTo(database), sw.link(database));
        return links.subscription(sw.onTo(database), sw.link(database))
                .filter(SubscriptionState::enabled)
                .map(SubscriptionState::name);
    }

    /**
     * Enabled in any case. What kept it from being disabled may keep it from being enabled, too; then it goes on as ever.
     */
    private void enable(PostgresSession session, String link) {
        Links links = sw.servers().links();
        try {
            links.enable(session, link);
        } catch (DataAccessException refused) {
            if (links.subscription(session, link)
                    .filter(SubscriptionState::enabled)
                    .isEmpty()) {
                throw refused;
            }
        }
    }

    /** The barrier is behind: what is set, stopped and noted on the side that is entered concerns different things. */
    @Override
    public boolean isBesidePrevious() {
        return true;
    }

    @Override
    public boolean hasUndo() {
        return true;
    }

    @Override
    public void undo(RunContext run) {
        sw.formerOwner().requireEnded(sw.to()); // it may be about to disable it
        sw.databases().forEach(this::goOn);
    }

    /** A DISABLE that hangs in its commit would be done later, over the ENABLE: it is ended before anybody looks. */
    private void goOn(String database) {
        String link = sw.link(database);
        sw.clients().endWork(sw.to(), database);
        boolean enabled = sw.pool().reliably(sw.to(), database, Role.WORK, session -> {
            LinkLook.subscriptions(sw).beforeAltering(session, link);
            enable(session, link);
            return sw.servers()
                    .links()
                    .subscription(session, link)
                    .filter(SubscriptionState::enabled)
                    .isPresent();
        });
        if (!enabled) {
            throw new IllegalStateException(
                    "%s: the subscription %s on the %s was enabled, and is not. Find out who disables it, then %s; there, and verify."
                            .formatted(
                                    database,
                                    link,
                                    sw.to().word(),
                                    FencedStatements.one(
                                            sw.project().isFenced(sw.to()),
                                            "ALTER SUBSCRIPTION %s ENABLE".formatted(link))));
        }
    }
}
