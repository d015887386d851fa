package dev.upshift.campaign;

import dev.upshift.engine.Plan.Part;
import java.util.EnumSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** All that the campaign does to a run. */
@SuppressWarnings("ImmutableEnumChecker") // its functions have no state
enum FaultKind {
    OWNER_KILLED("control plane killed (kill -9)", OwnerFaults.Killed::new, place -> true),
    OWNER_ASKED_TO_END("control plane asked to end (SIGTERM)", OwnerFaults.AskedToEnd::new, FaultKind::isForward),
    OWNER_FROZEN_BRIEFLY("control plane frozen for up to 1.7 s", OwnerFaults.FrozenBriefly::new, place -> true),
    OWNER_FROZEN_UNTIL_OVER(
            "control plane frozen until another has ended the run", OwnerFaults.FrozenUntilOver::new, place -> true),
    RUN_ABORTED("a person aborts the run", OwnerFaults.Aborted::new, FaultKind::isForward),
    RUN_STARTED_TWICE("started on both control planes at once", OwnerFaults.StartedTwice::new, FaultKind::isForward),
    METADATA_KILLED(
            "metadata database killed and restarted",
            () -> new ServerFaults.Killed(scene -> scene.world().metadata()),
            place -> true),
    METADATA_FROZEN(
            "metadata database frozen for up to 6.5 s",
            () -> new ServerFaults.Frozen(scene -> scene.world().metadata()),
            place -> true),
    FROM_KILLED("side that is left killed and restarted", () -> new ServerFaults.Killed(Scene::from), place -> true),
    TO_KILLED("side that is entered killed and restarted", () -> new ServerFaults.Killed(Scene::to), place -> true),
    FROM_RESTARTED(
            "side that is left restarted in order", () -> new ServerFaults.Restarted(Scene::from), place -> true),
    TO_RESTARTED("side that is entered restarted in order", () -> new ServerFaults.Restarted(Scene::to), place -> true),
    FROM_FROZEN("side that is left frozen for up to 6.5 s", () -> new ServerFaults.Frozen(Scene::from), place -> true),
    TO_FROZEN("side that is entered frozen for up to 6.5 s", () -> new ServerFaults.Frozen(Scene::to), place -> true),
    FROM_SESSIONS_STALLED(
            "our sessions on the side that is left stall for up to 6.5 s",
            () -> new ServerFaults.SessionsStalled(Scene::from),
            place -> true),
    TO_SESSIONS_STALLED(
            "our sessions on the side that is entered stall for up to 6.5 s",
            () -> new ServerFaults.SessionsStalled(Scene::to),
            place -> true),
    POOLER_KILLED("one pooler killed and restarted", PoolerFaults.Killed::new, place -> true),
    POOLER_FROZEN("one pooler frozen for up to 7 s", PoolerFaults.Frozen::new, place -> true),
    POOLER_LATE("one pooler answers up to 1 s late", PoolerFaults.Late::new, place -> true),
    SECOND_PROCESS(
            "one pooler restarted with so_reuseport, and a second process that leads to the side that is left",
            PoolerFaults.SecondProcess::new,
            FaultKind::isForward),
    RELOAD_REFUSED("one pooler refuses RELOAD for up to 5.5 s", PoolerFaults.RefusesReload::new, place -> true),
    CONFIGURATION_UNWRITABLE(
            "one pooler's configuration cannot be written for up to 5.5 s",
            PoolerFaults.Unwritable::new,
            place -> true),
    APPLY_ERROR("an apply error stops replication for up to 8.5 s", LinkFaults.ApplyError::new, FaultKind::isUnfenced),
    SUBSCRIPTION_DISABLED(
            "the subscription is disabled until a person enables it",
            LinkFaults.Disabled::new,
            place -> isForward(place) && place.isInWindow()),
    SESSION_CONNECTING(
            "a client connects to the side that is left while it is fenced",
            FenceFaults.SessionConnecting::new,
            FaultKind::isForward),
    ENTERED_READ_ONLY(
            "the application is made read-only on the side that is entered",
            FenceFaults.EnteredReadOnly::new,
            FaultKind::isBeforeTheLastLook),
    SENDER_STALLED("the WAL sender stalls for up to 6.5 s", LinkFaults.SenderStalled::new, place -> true),
    TABLE_CREATED(
            "a table is created on both sides, with a row", NewObjects.TableCreated::new, FaultKind::isBeforeTheFence),
    SLOT_LOST(
            "the slot that feeds the other side is lost",
            () -> new LinkFaults.SlotLost(Scene::publisher),
            place -> isForward(place) && (place.part() == Part.BEFORE || place.part() == Part.WINDOW)),
    SLOT_REMADE(
            "the slot that feeds the other side is dropped and made again",
            NewObjects.SlotRemade::new,
            FaultKind::isBeforeTheFence),
    WAY_BACK_LOST(
            "the slot of the way back is lost",
            () -> new LinkFaults.SlotLost(Scene::to),
            place -> isForward(place) && place.part() == Part.AFTER);

    private final String words;
    private final Supplier<Fault> make;
    private final Predicate<Place> fits;

    FaultKind(String words, Supplier<Fault> make, Predicate<Place> fits) {
        this.words = words;
        this.make = make;
        this.fits = fits;
    }

    String words() {
        return words;
    }

    Fault make() {
        return make.get();
    }

    /** Whether it can happen at this place, and means something there. */
    boolean fits(Place place) {
        return fits.test(place);
    }

    /** Whether the world cannot be used for another run afterwards. */
    boolean spendsTheWorld() {
        return !keepsReplication();
    }

    /** Whether the side that does not serve is fed again once all is over. */
    boolean keepsReplication() {
        return this != SLOT_LOST && this != SLOT_REMADE && this != WAY_BACK_LOST;
    }

    /** Whether nobody can tell afterwards that nothing was passed over, so that a person has to verify. */
    boolean leavesADoubt() {
        return this == SUBSCRIPTION_DISABLED;
    }

    /** Whether it takes a second control plane that is ready. */
    boolean takesTwo() {
        return EnumSet.of(
                        OWNER_KILLED,
                        OWNER_ASKED_TO_END,
                        OWNER_FROZEN_BRIEFLY,
                        OWNER_FROZEN_UNTIL_OVER,
                        RUN_STARTED_TWICE)
                .contains(this);
    }

    private static boolean isForward(Place place) {
        return !place.moment().isOnTheWayBack();
    }

    /** After the guards, and while people can still change what there is on the side that is left. */
    private static boolean isBeforeTheFence(Place place) {
        return isForward(place)
                && (place.part() == Part.BEFORE
                        || place.step().equals("pause-poolers")
                        || (place.step().equals("raise-fence") && place.moment() == Moment.BEFORE));
    }

    /** The journal hears of the window's last steps when the pivot is passed, and nobody looks at rights after that. */
    private static boolean isBeforeTheLastLook(Place place) {
        return isForward(place)
                && (place.part() == Part.BEFORE || (place.part() == Part.WINDOW && place.moment() != Moment.JOURNALED));
    }

    /** Where a client could still write a row, so that it must arrive. */
    private static boolean isUnfenced(Place place) {
        return isForward(place) && (place.part() == Part.BEFORE || place.part() == Part.AFTER);
    }
}
