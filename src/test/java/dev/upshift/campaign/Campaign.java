package dev.upshift.campaign;

import dev.upshift.engine.Plan.Part;
import dev.upshift.upgrade.UpshiftApi;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cutovers and rollbacks back and forth, each with one fault at one place. The seed decides which: faults come from a
 * shuffled deck, so that each has its turn, and places are drawn from all that the plan of the run has.
 */
final class Campaign implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Campaign.class);
    private static final Duration CALM = Duration.ofSeconds(60);

    /** A comparison of two small databases while clients write, on a machine that has other things to do. */
    private static final Duration VERIFIED = Duration.ofMinutes(2);

    private final Random random;
    private final List<FaultKind> kinds;
    private final Deque<FaultKind> deck = new ArrayDeque<>();
    private final Set<Place> wayBack = new HashSet<>();
    private @Nullable CampaignWorld present;

    /** @param kinds what may happen; one that stands there twice happens twice as often */
    Campaign(long seed, List<FaultKind> kinds) {
        this.random = new Random(seed);
        this.kinds = kinds;
    }

    /** The world as the last run has left it, or a new one. */
    private CampaignWorld world() {
        CampaignWorld world = present;
        if (world == null) {
            world = CampaignWorld.start();
            present = world;
        }
        return world;
    }

    /** What comes first is a run that a person aborts; it has the number 0. */
    void run(int runs, Consumer<TrialResult> results) {
        for (int number = 0; number <= runs; number++) {
            world().controlPlanes().refresh();
            TrialResult result = number == 0 ? abortOnce() : trial(number, draw());
            log.info("{}", result.line());
            results.accept(result);
            if (!result.holds() || result.fault().spendsTheWorld()) {
                close();
            } else if (result.fault().leavesADoubt()) {
                world().controlPlanes().owner().api().succeed("verify", VERIFIED);
            }
        }
    }

    private FaultKind draw() {
        if (deck.isEmpty()) {
            List<FaultKind> shuffled = new ArrayList<>(kinds);
            Collections.shuffle(shuffled, random);
            shuffled.sort(Comparator.comparing(FaultKind::spendsTheWorld)); // one world for each round
            deck.addAll(shuffled);
        }
        return deck.pop();
    }

    private TrialResult trial(int number, FaultKind kind) {
        UpshiftApi api = world().controlPlanes().owner().api();
        String procedure = "SOURCE".equals(api.project().get("servingSide")) ? "cutover" : "rollback";
        Map<String, Object> plan = allowedPlan(api, procedure);
        List<Place> places = places(plan).stream().filter(kind::fits).toList();
        return trial(number, kind, procedure, plan, places.get(random.nextInt(places.size())));
    }

    private TrialResult trial(int number, FaultKind kind, String procedure, Map<String, Object> plan, Place place) {
        if (kind.takesTwo()) {
            world().controlPlanes().awaitStandby();
        }
        Scene scene = Scene.of(world(), procedure, String.valueOf(plan.get("version")), place, turn(plan), random);
        log.info("{} {}: {}, {}", number, procedure, kind, place);
        return new Trial(number, kind, scene).run();
    }

    /**
     * The guards may need a moment: apply workers start again some seconds after a restart. A server that dies within two
     * seconds of the making of a slot leaves a doubt, which a comparison ends, as the guard says.
     */
    private static Map<String, Object> allowedPlan(UpshiftApi api, String procedure) {
        return Awaitility.await(procedure + " to be allowed")
                .atMost(CALM)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            Map<String, Object> plan = api.plan(procedure);
                            if (blocking(plan).equals(List.of("slot-continuity"))) {
                                api.succeed("verify", VERIFIED);
                            }
                            return plan;
                        },
                        plan -> Boolean.TRUE.equals(plan.get("allowed")));
    }

    private static List<?> blocking(Map<String, Object> plan) {
        return ((List<?>) plan.get("guards"))
                .stream()
                        .map(result -> (Map<?, ?>) result)
                        .filter(result -> !Boolean.TRUE.equals(result.get("allowed")))
                        .map(result -> result.get("guard"))
                        .toList();
    }

    /** Every moment of every step that the plan has; on the way back of those that the run once aborted has undone. */
    private List<Place> places(Map<String, Object> plan) {
        return steps(plan).stream()
                .flatMap(step -> Stream.of(Moment.values()).map(moment -> new Place(step.step(), step.part(), moment)))
                .filter(place -> !place.moment().isOnTheWayBack() || wayBack.contains(place))
                .toList();
    }

    /** The steps of a plan, each as the place before it. */
    private static List<Place> steps(Map<String, Object> plan) {
        return ((List<?>) plan.get("steps"))
                .stream()
                        .map(step -> (Map<?, ?>) step)
                        .map(step -> new Place(
                                String.valueOf(step.get("name")),
                                Part.valueOf(String.valueOf(step.get("part"))),
                                Moment.BEFORE))
                        .toList();
    }

    /** The last place at which a run can turn back. */
    private static Place turn(Map<String, Object> plan) {
        return steps(plan).stream()
                .filter(step -> step.part() == Part.WINDOW)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    /** Aborts a run as late as that goes: shows that it works, and which steps are undone. */
    private TrialResult abortOnce() {
        UpshiftApi api = world().controlPlanes().owner().api();
        Map<String, Object> plan = allowedPlan(api, "cutover");
        TrialResult result = trial(0, FaultKind.RUN_ABORTED, "cutover", plan, turn(plan));
        steps(plan).stream()
                .flatMap(step -> Stream.of(Moment.BEFORE_UNDO, Moment.AFTER_UNDO)
                        .map(moment -> new Place(step.step(), step.part(), moment)))
                .filter(place -> world().gatekeeper().hasHeard(place))
                .forEach(wayBack::add);
        return result;
    }

    @Override
    public void close() {
        CampaignWorld world = present;
        present = null;
        if (world != null) {
            world.close();
        }
    }
}
