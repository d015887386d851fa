package dev.upshift.switchover.internal.check.link;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.switchover.internal.look.FeedingLink;
import dev.upshift.switchover.internal.route.Switch;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every link has a subscription that is enabled, and a worker that applies what it sends. */
public final class ApplyWorkers implements Check<Switch> {

    @Override
    public String id() {
        return "workers-running";
    }

    @Override
    public Severity severity() {
        return Severity.BLOCKER;
    }

    @Override
    public Scope scope() {
        return Scope.BOTH;
    }

    @Override
    public Set<Moment> moments() {
        return EnumSet.of(Moment.PLAN);
    }

    @Override
    public String fine(Switch sw) {
        return "The apply workers run.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return sw.everyDatabase(database ->
                finding(sw, database, FeedingLinks.state(sw, database)).stream().toList());
    }

    private static Optional<Finding> finding(Switch sw, String database, FeedingLink link) {
        Optional<Finding> unsubscribed = link.unsubscribed();
        if (unsubscribed.isPresent() || link.works()) {
            return unsubscribed;
        }
        String why = whyStopped(sw, database);
        return link.disabled(why)
                .or(() -> Optional.of(new Finding(
                        Place.on(sw.to(), database),
                        List.of(link.name()),
                        "no apply worker of %s is running. %s".formatted(link.name(), why),
                        "Remove the cause: the server starts it again by itself.")));
    }

    /** In the server's own words, if our role may read them. */
    private static String whyStopped(Switch sw, String database) {
        return sw.servers()
                .workerErrors()
                .told(sw.onTo(database), sw.link(database))
                .ofApply();
    }
}
