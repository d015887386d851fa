package dev.upshift.switchover.internal.window;

import dev.upshift.engine.Evidence;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.pooler.PoolerFleet.HoldOutcome;
import dev.upshift.pooler.PoolerFleet.HoldOutcome.Held;
import dev.upshift.pooler.PoolerFleet.HoldOutcome.NeverCalm;
import dev.upshift.pooler.PoolerFleet.HoldOutcome.Refused;
import dev.upshift.pooler.PoolerFleet.HoldOutcome.TooSlow;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Holds all clients of all poolers at once. One that takes too long lets them go, waits and tries again. */
public final class PausePoolers extends SwitchStep {

    /** PAUSE may spend this part of the budget; the rest is for what comes after it. */
    private static final int PART_OF_BUDGET = 2;

    private static final Duration BACK_OFF = Duration.ofSeconds(2);

    private static final Duration ABORT_POLL = Duration.ofMillis(100);

    public PausePoolers(Switch sw) {
        super(sw, "pause-poolers", Part.WINDOW, Duration.ofMinutes(10));
    }

    @Override
    public String sentence() {
        Duration budget = sw.project().settings().pauseBudget();
        int attempts = sw.project().settings().pauseAttempts();
        String again = attempts == 1
                ? ""
                : " If a transaction is still open after %d ms, they are let go, and it is tried again, %d times in all."
                        .formatted(budget.dividedBy(PART_OF_BUDGET).toMillis(), attempts);
        return "PAUSE %s on %s at once: clients are held, for %d ms at most.%s"
                .formatted(sw.databasesInWords(), sw.poolersInWords(), budget.toMillis(), again);
    }

    @Override
    protected StepOutcome act(RunContext run) {
        int attempts = sw.project().settings().pauseAttempts();
        Duration budget = sw.project().settings().pauseBudget();
        Duration atMost = budget.dividedBy(PART_OF_BUDGET);
        sw.keep(Evidence.PAUSE_BUDGET.of(budget));
        for (int attempt = 1; ; attempt++) {
            HoldOutcome outcome = sw.poolers().fleet().holdClients(atMost, () -> {
                run.stopIfAborted();
                sw.ports().ownership().require();
                sw.watch().begin();
            });
            if (outcome instanceof Held held) {
                sw.keep(Evidence.HELD_AFTER.of(held.byPooler()));
                return StepOutcome.done("Clients of " + sw.poolersInWords() + " are held.");
            }
            List<String> problems = sw.clients().releaseClients();
            sw.watch().giveUp();
            if (sw.watch().isExpired()) {
                return StepOutcome.failed(sw.watch().whyExpired());
            }
            String reason = reason(outcome, atMost);
            if (attempt == attempts || outcome instanceof Refused || !problems.isEmpty()) {
                return StepOutcome.failed(reason + " " + inVain(problems));
            }
            run.progress(reason + " Clients were let go; attempt " + (attempt + 1) + " of " + attempts + " follows.");
            rest(run, BACK_OFF.multipliedBy(attempt));
        }
    }

    /** @param problems why somebody may still be held */
    private String inVain(List<String> problems) {
        if (!sw.watch().hasBegun()) {
            return "Clients were not held.";
        }
        String held = "Clients were held %s, for %d ms in all"
                .formatted(times(sw.watch().attempts()), sw.watch().heldInVain().toMillis());
        return problems.isEmpty()
                ? held + ", and go on as before."
                : held + ", and not all were let go yet: " + String.join(" ", problems);
    }

    private static String times(int number) {
        return number == 1 ? "once" : number + " times";
    }

    private void rest(RunContext run, Duration time) {
        sw.waiting().until(time, ABORT_POLL, () -> {
            run.stopIfAborted();
            return false;
        });
    }

    private String reason(HoldOutcome outcome, Duration atMost) {
        return switch (outcome) {
            case Held held -> "Clients are held.";
            case TooSlow(var stillActive) ->
                "A transaction was still open after %d ms of PAUSE (server connections in use: %s). SHOW SERVERS there tells which, pg_stat_activity on the %s whose it is."
                        .formatted(
                                atMost.toMillis(), inUse(stillActive), sw.from().word());
            case NeverCalm(List<String> poolers) ->
                ("No moment came at which all clients could be held without harm: %s opened server connections all the"
                                + " time, which PAUSE cuts off. See why (SHOW SERVERS; server_lifetime, server_idle_timeout, logins that"
                                + " fail), or raise the pause budget.")
                        .formatted(String.join(" and ", poolers));
            case Refused(String pooler, String reason) -> "PAUSE failed on %s: %s".formatted(pooler, reason);
        };
    }

    private static String inUse(Map<String, Integer> byPooler) {
        return byPooler.entrySet().stream()
                .map(pooler -> "%d at %s".formatted(pooler.getValue(), pooler.getKey()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public boolean hasUndo() {
        return true;
    }

    @Override
    public boolean isUndoneFirst() {
        return true;
    }

    @Override
    public void undo(RunContext run) {
        sw.watch().giveUp();
        List<String> problems = sw.clients().releaseClientsEverywhere();
        sw.formerOwner().awaitEnded(); // before anything else is undone
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join(" ", problems));
        }
    }
}
