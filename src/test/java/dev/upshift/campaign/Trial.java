package dev.upshift.campaign;

import dev.upshift.campaign.Runs.State;
import dev.upshift.lab.ClientError;
import dev.upshift.lab.LedgerWriters;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run with one fault: starts it, lets the fault strike, helps as a person would, and judges. */
final class Trial {

    private static final Logger log = LoggerFactory.getLogger(Trial.class);
    private static final Duration STRIKE = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(90);
    private static final State UNKNOWN = new State("UNKNOWN", "");

    /** After the fault clients may have errors of its making until servers and poolers have found each other again. */
    private static final Duration AFTERMATH = Duration.ofSeconds(5);

    private final int number;
    private final FaultKind kind;
    private final Fault fault;
    private final Scene scene;
    private final List<String> troubles = new ArrayList<>();
    private String blocked = "";
    private volatile Instant struck = Instant.MAX;
    private Instant mended = Instant.MAX;

    Trial(int number, FaultKind kind, Scene scene) {
        this.number = number;
        this.kind = kind;
        this.fault = kind.make();
        this.scene = scene;
    }

    TrialResult run() {
        LedgerWriters writers = scene.world().writers();
        Instant begun = Instant.now();
        int errorsBefore = writers.errors().size();
        long acknowledgedBefore = writers.counters().acknowledged();
        try (FlowWatch flow = new FlowWatch(writers)) {
            State end = drive();
            Instant over = Instant.now();
            Instant strike = struck.isBefore(over) ? struck : over;
            troubles.addAll(
                    new Judge(scene, kind.keepsReplication()).judge(end.status().equals("SUCCEEDED")));
            List<ClientError> errors =
                    writers.errors().stream().skip(errorsBefore).toList();
            List<ClientError> ours =
                    errors.stream().filter(error -> !isOfTheFault(error)).toList();
            log.info("client errors: {}", byState(errors));
            ours.stream().limit(3).forEach(error -> troubles.add("a client saw " + error));
            return new TrialResult(
                    number,
                    scene.procedure(),
                    kind,
                    scene.place(),
                    end.status(),
                    end.outcome(),
                    blocked,
                    writers.longestWait(begun, over),
                    flow.heldAfter(strike),
                    flow.heldAfter(mended.isBefore(over) ? mended : over),
                    Duration.between(strike, over),
                    errors.size() - ours.size(),
                    ours.size(),
                    writers.counters().acknowledged() - acknowledgedBefore,
                    List.copyOf(troubles));
        } finally {
            scene.world().gatekeeper().forget();
        }
    }

    /** From the start to the end of the run, whatever happens; what should not have happened goes to the troubles. */
    private State drive() {
        int run = 0;
        try {
            CompletableFuture<Void> strike = arm();
            run = begin();
            awaitStrike(strike, run);
            sit(run);
            mend();
            return awaitEnd(run);
        } catch (RuntimeException | AssertionError | SQLException e) {
            State left = state(run);
            troubles.add(e + " while the run was " + left);
            if (mended.equals(Instant.MAX)) {
                tryToMend();
            }
            return left;
        }
    }

    private CompletableFuture<Void> arm() {
        Gatekeeper gatekeeper = scene.world().gatekeeper();
        if (scene.place().moment().isOnTheWayBack()) {
            CompletableFuture<Void> _ = gatekeeper.at(scene.turn(), () -> OwnerFaults.Aborted.abort(scene));
        }
        return gatekeeper.at(scene.place(), () -> {
            struck = Instant.now();
            fault.strike(scene);
        });
    }

    /** The answer to the start may be lost with what is hit; then the record tells whether there is a run. */
    private int begin() throws SQLException {
        Runs runs = scene.world().runs();
        int before = runs.newest();
        try {
            return fault.begin(scene);
        } catch (RuntimeException | AssertionError e) {
            if (struck.equals(Instant.MAX)) {
                throw e;
            }
            return before + 1;
        }
    }

    private void awaitStrike(CompletableFuture<Void> strike, int run) {
        await(
                "the moment " + scene.place(),
                STRIKE,
                5,
                () -> strike.isDone() || state(run).isOver());
        if (!strike.isDone()) {
            throw new AssertionError("The run was over before " + scene.place());
        }
        strike.join();
    }

    /** Lets what went wrong be for its time, or until nothing moves any more. */
    private void sit(int run) {
        Duration time = fault.lasts(scene);
        Instant until = Instant.now().plus(time);
        boolean untilOver = time.equals(Fault.UNTIL_OVER);
        await("the fault's time", time.plus(END), 20, () -> {
            if (!Instant.now().isBefore(until)) {
                return true;
            }
            State state = untilOver ? state(run) : UNKNOWN;
            return state.isOver() || state.isBlocked();
        });
    }

    private void mend() {
        fault.mend(scene);
        mended = Instant.now();
    }

    private void tryToMend() {
        try {
            mend();
        } catch (RuntimeException | AssertionError e) {
            troubles.add("What went wrong could not be mended: " + e);
        }
    }

    private State awaitEnd(int run) {
        await("the end of run " + run, END, 50, () -> {
            continueIfBlocked(run);
            return state(run).isOver();
        });
        return state(run);
    }

    private void continueIfBlocked(int run) {
        State state = state(run);
        if (state.isBlocked()) {
            blocked = state.outcome();
            scene.world().controlPlanes().api().post("/projects/shop/runs/" + run + "/continue", Map.of());
        }
    }

    private State state(int run) {
        return scene.world().runs().state(run).orElse(UNKNOWN);
    }

    private boolean isOfTheFault(ClientError error) {
        Instant calm = mended.equals(Instant.MAX) ? mended : mended.plus(AFTERMATH);
        return !error.at().isBefore(struck) && error.at().isBefore(calm) && fault.causes(error, scene);
    }

    private static Map<String, Long> byState(List<ClientError> errors) {
        return errors.stream()
                .collect(Collectors.groupingBy(
                        error -> error.sqlState() + " "
                                + error.message().lines().findFirst().orElse(""),
                        Collectors.counting()));
    }

    private static void await(String what, Duration atMost, int everyMillis, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(atMost)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(everyMillis))
                .until(condition::getAsBoolean);
    }
}
