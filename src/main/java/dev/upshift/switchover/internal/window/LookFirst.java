package dev.upshift.switchover.internal.window;

import dev.upshift.check.Finding;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.pooler.PoolerProcesses.Processes;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.check.fence.AcceptsWrites;
import dev.upshift.switchover.internal.check.fence.SessionsEndable;
import dev.upshift.switchover.internal.check.fence.SettingsFree;
import dev.upshift.switchover.internal.check.link.CarriedNow;
import dev.upshift.switchover.internal.check.link.LinkContinuity;
import dev.upshift.switchover.internal.look.ApplyObstacles;
import dev.upshift.switchover.internal.look.LinkLook;
import dev.upshift.switchover.internal.look.MarkedTables;
import dev.upshift.switchover.internal.look.RewrittenTables;
import dev.upshift.switchover.internal.look.RightsLook;
import dev.upshift.switchover.internal.look.SeenLinks;
import dev.upshift.switchover.internal.look.SeenLinks.Seen;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import dev.upshift.switchover.internal.wayback.WayBackNote;
import dev.upshift.transfer.link.CarriedLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks at all that the links carry, one by one, right before clients are held: what came since the guards need not cost
 * anybody a pause, and behind the fence a sum then tells whether anything has changed. Triggers that fire for what
 * replication brings are not in that sum: one that is enabled in between touches nothing that was applied before, and
 * is asked for again before the way back is followed.
 */
public final class LookFirst extends SwitchStep {

    private final SeenLinks seen;
    private final RightsLook rights;
    private final RewrittenTables rewritten;

    public LookFirst(Switch sw, SeenLinks seen, RightsLook rights, RewrittenTables rewritten) {
        super(sw, "look-first", Part.BEFORE, Duration.ofMinutes(1));
        this.seen = seen;
        this.rights = rights;
        this.rewritten = rewritten;
    }

    @Override
    public String sentence() {
        return "See that everything on the %s is carried to the %s: tables, partitions, sequences, by the same slot, and through a subscription that nobody has altered; that our role and the application's may do there what they need; that no trigger and no row security meets what replication brings; that the publication of the way back is as it was made; that nobody holds what is set for a database; that clients can write on the %s, and wait for nobody there; and that no other process takes the poolers' clients."
                .formatted(sw.from().word(), sw.to().word(), sw.to().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        Processes processes = sw.ports().poolers().processes().look(sw.project().poolers());
        seen.portsAreShared(processes.sharePorts());
        List<String> wrong = new ArrayList<>(processes.sentences());
        wrong.addAll(new StagedConfigurations(sw, run).objections());
        wrong.addAll(rights.note());
        wrong.addAll(Finding.sentences(new SessionsEndable().findings(sw, Role.LOOK)));
        wrong.addAll(Finding.sentences(SettingsFree.findings(sw, Role.LOOK)));
        wrong.addAll(Finding.sentences(AcceptsWrites.refusals(sw, Role.READ))); // on the sessions of the last look
        sw.fanOut().map(sw.databases(), this::obstacles).forEach(wrong::addAll);
        sw.fanOut().map(sw.databases(), this::look).forEach(wrong::addAll);
        sw.fanOut()
                .map(sw.databases(), database -> new WayBackNote(sw).objection(run, database))
                .forEach(objection -> objection.ifPresent(wrong::add));
        wrong.addAll(Finding.sentences(new MarkedTables(sw)
                .findings(MarkedTables.ARRIVAL))); // after the sums that are compared behind the fence
        wrong.addAll(rewritten.objections());
        return wrong.isEmpty()
                ? StepOutcome.done("Everything on the %s is carried to the %s."
                        .formatted(sw.from().word(), sw.to().word()))
                : StepOutcome.failed(String.join(" ", wrong));
    }

    private List<String> obstacles(String database) {
        return Arrays.stream(Side.values())
                .flatMap(side ->
                        ApplyObstacles.of(sw, side, database, sw.pool().session(side, database, Role.WORK)).stream())
                .toList();
    }

    private List<String> look(String database) {
        Links links = sw.servers().links();
        String link = sw.link(database);
        // On the sessions that look again while clients are held: there the first time is slower than any other.
        PostgresSession from = sw.pool().session(sw.from(), database, Role.LOOK);
        PostgresSession to = sw.pool().session(sw.to(), database, Role.LOOK);
        String published = links.publishedDigest(from, link); // before what they are sums of
        String subscribed = links.subscribedDigest(to, link);
        Optional<SlotObservation> slot = links.observe(from, link);
        if (slot.isEmpty()) {
            return List.of("%s: the replication slot %s on the %s is gone."
                    .formatted(database, link, sw.from().word()));
        }
        Optional<Finding> doubt = LinkContinuity.doubt(sw, database, unsettled -> false)
                .or(() -> LinkLook.altered(sw, database, Role.WORK));
        CarriedLink carried = LinkLook.feeding(sw, database, Role.WORK);
        List<Finding> wrong = doubt.map(List::of).orElseGet(carried::findings);
        if (!wrong.isEmpty()) {
            return Finding.sentences(wrong);
        }
        CarriedNow.remember(sw, carried);
        seen.keep(database, new Seen(published, subscribed, slot.get()));
        return List.of();
    }
}
