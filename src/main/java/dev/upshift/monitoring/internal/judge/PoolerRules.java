package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.Destination;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.PoolerState;
import dev.upshift.pooler.PoolerProcess;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether every pooler answers, lets its clients through, and leads them to the serving side. */
final class PoolerRules implements Rule {

    /** A switch holds clients for its pause budget, and may hold them again after a pause. */
    private static final Duration OVER_BUDGET = Duration.ofSeconds(5);

    /** Longer than a switch is between repointing the poolers and calling the other side serving. */
    private static final Duration SWITCH = Duration.ofSeconds(30);

    @Override
    public Stream<Condition> examine(Evidence evidence) {
        return Stream.of(all(evidence), processes(evidence), each(evidence)).flatMap(Function.identity());
    }

    /** Then no client gets in, as far as this control plane can tell. */
    private static Stream<Condition> all(Evidence evidence) {
        List<PoolerSample> poolers = evidence.poolers();
        return !poolers.isEmpty() && poolers.stream().allMatch(pooler -> pooler.state() == PoolerState.UNREACHABLE)
                ? Stream.of(Condition.after(
                        SideRules.HICCUP,
                        "poolers",
                        Health.CRITICAL,
                        "No pooler of this project answers, so perhaps no client gets in."))
                : Stream.empty();
    }

    /** Once every pooler has answered: one that is silent may be the process that is missed. */
    private static Stream<Condition> processes(Evidence evidence) {
        return evidence.silentPoolers().isEmpty()
                ? PoolerProcess.objections(evidence.processes()).stream()
                        .map(objection -> Condition.atOnce("processes", Health.WARNING, objection.sentence()))
                : Stream.empty();
    }

    private static Stream<Condition> each(Evidence evidence) {
        return evidence.poolers().stream().flatMap(pooler -> switch (pooler.state()) {
            case UNREACHABLE ->
                Stream.of(Condition.after(
                        SideRules.HICCUP,
                        "pooler:" + pooler.name(),
                        Health.WARNING,
                        evidence.silentPoolers()
                                .getOrDefault(pooler.name(), "Pooler " + pooler.name() + " does not answer.")));
            case PAUSED -> Stream.concat(held(evidence, pooler), destination(evidence, pooler));
            case SERVING -> destination(evidence, pooler);
        });
    }

    private static Stream<Condition> held(Evidence evidence, PoolerSample pooler) {
        Duration budget = evidence.project().settings().pauseBudget();
        return Stream.of(Condition.after(
                budget.plus(OVER_BUDGET),
                "paused:" + pooler.name(),
                Health.CRITICAL,
                "Pooler %s has held its clients for longer than the pause budget of %d s. If no run is in progress, let them go with RESUME on its console."
                        .formatted(pooler.name(), budget.toSeconds())));
    }

    private static Stream<Condition> destination(Evidence evidence, PoolerSample pooler) {
        Side serving = evidence.project().servingSide();
        String subject = "destination:" + pooler.name();
        Destination expected = serving == Side.SOURCE ? Destination.SOURCE : Destination.TARGET;
        if (pooler.leadsTo() == expected) {
            return Stream.empty();
        }
        return Stream.of(
                switch (pooler.leadsTo()) {
                    case SOURCE, TARGET, MIXED ->
                        Condition.after(
                                SWITCH,
                                subject,
                                Health.CRITICAL,
                                "Pooler %s leads %s although the %s serves: its clients may write where it is lost. Correct its [databases] entries and RELOAD it."
                                        .formatted(pooler.name(), where(pooler.leadsTo()), serving.word()));
                    case UNKNOWN ->
                        Condition.atOnce(
                                subject,
                                Health.WARNING,
                                "Pooler %s has no entry that leads a database of this project to the source or the target. Compare the host and port of its entries with the project's (peer host, if the pooler uses another name)."
                                        .formatted(pooler.name()));
                });
    }

    private static String where(Destination destination) {
        return destination == Destination.MIXED
                ? "some clients to the source and some to the target"
                : "clients to the " + destination.name().toLowerCase(Locale.ROOT);
    }
}
