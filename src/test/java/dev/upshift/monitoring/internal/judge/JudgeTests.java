package dev.upshift.monitoring.internal.judge;

import static dev.upshift.monitoring.internal.probe.Made.copying;
import static dev.upshift.monitoring.internal.probe.Made.facts;
import static dev.upshift.monitoring.internal.probe.Made.ready;
import static dev.upshift.monitoring.internal.probe.Made.scene;
import static dev.upshift.monitoring.internal.probe.Made.slot;
import static dev.upshift.monitoring.internal.probe.Made.subscription;
import static dev.upshift.monitoring.internal.probe.Made.withoutWorker;
import static dev.upshift.project.Phase.ABANDONED;
import static dev.upshift.project.Phase.CUT_OVER;
import static dev.upshift.project.Phase.DRAFT;
import static dev.upshift.project.Phase.FINISHED;
import static dev.upshift.project.Phase.REPLICATING;
import static dev.upshift.project.Phase.ROLLED_BACK;
import static dev.upshift.project.Phase.SCHEMA_COPIED;
import static dev.upshift.shared.Side.SOURCE;
import static dev.upshift.shared.Side.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.Destination;
import dev.upshift.monitoring.internal.probe.DatabaseReading.Passing;
import dev.upshift.monitoring.internal.probe.DatabaseReading.SubscriptionReading;
import dev.upshift.monitoring.internal.probe.Made;
import dev.upshift.monitoring.internal.probe.Made.Scene;
import dev.upshift.monitoring.internal.probe.PoolerReading;
import dev.upshift.pooler.PoolerProcess;
import dev.upshift.postgres.DatabaseLooks.SlotReading;
import dev.upshift.postgres.link.WalStatus;
import dev.upshift.postgres.schema.SchemaDrift.Difference;
import dev.upshift.postgres.schema.SchemaDrift.Effect;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Lsn;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is seen, how it is judged at once, how after it has lasted, and what the reason speaks of. Each scene is shown
 * every two seconds, as a poll would see it.
 */
class JudgeTests {

    private static final long LASTING_SECONDS = 400;
    private static final long MB = 1_000_000;

    static Stream<Arguments> cases() {
        return Stream.of(
                of("nothing done yet", () -> scene(DRAFT), Health.IDLE, Health.IDLE, "copy the schema"),
                of("schema copied", () -> scene(SCHEMA_COPIED), Health.IDLE, Health.IDLE, "start replication"),
                of("finished", () -> scene(FINISHED).fenced(SOURCE, false), Health.IDLE, Health.IDLE, "target serves"),
                of("abandoned", () -> scene(ABANDONED), Health.IDLE, Health.IDLE, "source serves"),
                of("replicating", () -> scene(REPLICATING).forwardLink(), Health.HEALTHY, Health.HEALTHY, null),
                of("way back runs", () -> scene(CUT_OVER).reverseLink(), Health.HEALTHY, Health.HEALTHY, null),
                of("went back", () -> scene(ROLLED_BACK).forwardLink(), Health.HEALTHY, Health.HEALTHY, null),
                of(
                        "initial copy",
                        () -> scene(SCHEMA_COPIED)
                                .forwardLink()
                                .subscribing(TARGET, subscription(copying("orders", 10, 1))),
                        Health.HEALTHY,
                        Health.HEALTHY,
                        null),
                // --- sides
                of(
                        "target silent before anything replicates",
                        () -> scene(DRAFT).silent(TARGET),
                        Health.IDLE,
                        Health.WARNING,
                        "The target does not answer"),
                of(
                        "target silent while it replicates",
                        () -> scene(REPLICATING).forwardLink().silent(TARGET),
                        Health.HEALTHY,
                        Health.CRITICAL,
                        "The target does not answer"),
                of(
                        "source silent while it replicates",
                        () -> scene(REPLICATING).forwardLink().silent(SOURCE),
                        Health.HEALTHY,
                        Health.CRITICAL,
                        "The source does not answer"),
                of(
                        "serving side refuses writes",
                        () -> scene(REPLICATING).forwardLink().fenced(SOURCE, true),
                        Health.HEALTHY,
                        Health.CRITICAL,
                        "source serves clients, but its databases refuse writes"),
                of(
                        "two sides take writes after a cutover",
                        () -> scene(CUT_OVER).reverseLink().fenced(SOURCE, false),
                        Health.HEALTHY,
                        Health.CRITICAL,
                        "source is not fenced"),
                of(
                        "two sides take writes after a rollback",
                        () -> scene(ROLLED_BACK).forwardLink().fenced(TARGET, false),
                        Health.HEALTHY,
                        Health.CRITICAL,
                        "target is not fenced"),
                of(
                        "a client can write on the side that was left",
                        () -> scene(CUT_OVER)
                                .reverseLink()
                                .passing(SOURCE, new Passing(List.of("app from 10.0.0.9"), List.of())),
                        Health.HEALTHY,
                        Health.WARNING,
                        "can write on the source, which was left, in spite of its fence: app from 10.0.0.9"),
                of(
                        "a client writes on the side that was left",
                        () -> scene(ROLLED_BACK)
                                .forwardLink()
                                .passing(TARGET, new Passing(List.of("app"), List.of("app"))),
                        Health.HEALTHY,
                        Health.CRITICAL,
                        "writes on the target, which was left"),
                of(
                        "a client can write on the side that serves",
                        () -> scene(REPLICATING)
                                .forwardLink()
                                .passing(TARGET, new Passing(List.of("app"), List.of("app"))),
                        Health.HEALTHY,
                        Health.HEALTHY,
                        null),
                // --- links
                of(
                        "no link although the phase promises one",
                        () -> scene(REPLICATING),
                        Health.IDLE,
                        Health.CRITICAL,
                        "no forward link"),
                of("no way back", () -> scene(CUT_OVER), Health.IDLE, Health.CRITICAL, "There is no way back"),
                of(
                        "slot gone",
                        () -> scene(REPLICATING).forwardLink().publishing(SOURCE, 1000, null),
                        Health.HEALTHY,
                        Health.CRITICAL,
                        "is missing on the source"),
                of(
                        "slot lost",
                        () -> link(walStatus(WalStatus.LOST)),
                        Health.CRITICAL,
                        Health.CRITICAL,
                        "abandon the upgrade"),
                of(
                        "slot of the way back lost",
                        () -> scene(CUT_OVER).reverseLink().publishing(TARGET, 5000, walStatus(WalStatus.LOST)),
                        Health.CRITICAL,
                        Health.CRITICAL,
                        "no way back without loss any more: stay where you are"),
                of(
                        "slot about to be lost",
                        () -> link(walStatus(WalStatus.UNRESERVED)),
                        Health.CRITICAL,
                        Health.CRITICAL,
                        "max_slot_wal_keep_size"),
                of(
                        "slot beyond max_wal_size",
                        () -> link(walStatus(WalStatus.EXTENDED)),
                        Health.HEALTHY,
                        Health.HEALTHY,
                        null),
                of(
                        "slot holds back too much",
                        () -> link(new SlotReading(
                                true, new Lsn(1000), WalStatus.EXTENDED, 20_000 * MB, null, Made.observed(1000))),
                        Health.HEALTHY,
                        Health.WARNING,
                        "holds back 20.0 GB"),
                of(
                        "slot nobody reads",
                        () -> scene(REPLICATING).forwardLink().subscribing(TARGET, null),
                        Health.HEALTHY,
                        Health.CRITICAL,
                        "Nothing on the target reads slot"),
                of(
                        "slot prepared for the way back",
                        () -> scene(REPLICATING).forwardLink().publishing(TARGET, 5000, slot(5000)),
                        Health.HEALTHY,
                        Health.WARNING,
                        "Nothing on the source reads slot"),
                of(
                        "subscription disabled",
                        () -> scene(REPLICATING).forwardLink().subscribing(TARGET, disabled()),
                        Health.HEALTHY,
                        Health.CRITICAL,
                        "is disabled: nothing is replicated"),
                of(
                        "worker does not run",
                        () -> scene(REPLICATING)
                                .forwardLink()
                                .subscribing(
                                        TARGET, new SubscriptionReading(true, false, 0, 0, List.of(ready("orders")))),
                        Health.HEALTHY,
                        Health.CRITICAL,
                        "apply worker of subscription"),
                of(
                        "far behind",
                        () -> link(slot(1000)).publishing(SOURCE, 1000 + 2 * MB, slot(1000)),
                        Health.HEALTHY,
                        Health.WARNING,
                        "2.0 MB behind, more than the 1.0 MB"),
                of(
                        "close behind",
                        () -> link(slot(1000)).publishing(SOURCE, 1000 + MB / 2, slot(1000)),
                        Health.HEALTHY,
                        Health.HEALTHY,
                        null),
                of(
                        "both links at once",
                        () -> scene(REPLICATING)
                                .forwardLink()
                                .publishing(TARGET, 5000, slot(5000))
                                .subscribing(SOURCE, subscription(ready("orders"))),
                        Health.CRITICAL,
                        Health.CRITICAL,
                        "run in circles"),
                // --- tables
                of(
                        "a copy that keeps failing",
                        () -> scene(SCHEMA_COPIED)
                                .forwardLink()
                                .subscribing(TARGET, subscription(withoutWorker("orders"))),
                        Health.HEALTHY,
                        Health.CRITICAL,
                        "1 table cannot be copied (public.orders)"),
                of(
                        "tables that are not replicated",
                        () -> scene(REPLICATING)
                                .forwardLink()
                                .tables(
                                        facts("orders", 1, 1),
                                        facts("a", 1, 1),
                                        facts("b", 1, 1),
                                        facts("c", 1, 1),
                                        facts("d", 1, 1)),
                        Health.HEALTHY,
                        Health.WARNING,
                        "4 tables are not replicated (public.a, public.b, public.c and 1 more)"),
                // --- poolers
                of(
                        "one of two poolers silent",
                        () -> scene(REPLICATING)
                                .forwardLink()
                                .silentPooler()
                                .otherPooler(new PoolerReading(false, Destination.SOURCE, 20, 0, Made.ALONE)),
                        Health.HEALTHY,
                        Health.WARNING,
                        "bouncer-a does not answer"),
                of(
                        "every pooler silent",
                        () -> scene(REPLICATING).forwardLink().silentPooler(),
                        Health.HEALTHY,
                        Health.CRITICAL,
                        "No pooler of this project answers"),
                of(
                        "clients held",
                        () -> pooler(new PoolerReading(true, Destination.SOURCE, 20, 20, Made.ALONE)),
                        Health.HEALTHY,
                        Health.CRITICAL,
                        "RESUME"),
                of(
                        "clients on the wrong side",
                        () -> pooler(new PoolerReading(false, Destination.TARGET, 20, 0, Made.ALONE)),
                        Health.HEALTHY,
                        Health.CRITICAL,
                        "leads clients to the target although the source serves"),
                of(
                        "clients on both sides",
                        () -> pooler(new PoolerReading(false, Destination.MIXED, 20, 0, Made.ALONE)),
                        Health.HEALTHY,
                        Health.CRITICAL,
                        "some clients to the source and some to the target"),
                of(
                        "a column later",
                        () -> scene(REPLICATING)
                                .forwardLink()
                                .drifted(new Difference(
                                        Effect.STOPS_REPLICATION,
                                        "column c.w",
                                        "column c.w is missing on the target",
                                        Optional.of("ALTER TABLE c ADD w int"))),
                        Health.CRITICAL,
                        Health.CRITICAL,
                        "column c.w is missing on the target. On the target: ALTER TABLE c ADD w int;"),
                of(
                        "a partition of the other side only",
                        () -> scene(REPLICATING)
                                .forwardLink()
                                .drifted(new Difference(
                                        Effect.STOPS_WAY_BACK,
                                        "table p",
                                        "table p is only on the target",
                                        Optional.empty())),
                        Health.WARNING,
                        Health.WARNING,
                        "a plan of going there is blocked before both are alike: table p is only on the target."),
                of(
                        "an index later, after the cutover",
                        () -> scene(CUT_OVER)
                                .reverseLink()
                                .drifted(new Difference(
                                        Effect.STAYS, "index i", "index i is missing on the source", Optional.empty())),
                        Health.WARNING,
                        Health.WARNING,
                        "shop: The schemas differ: index i is missing on the source. Make the source the same"),
                of(
                        "clients somewhere else",
                        () -> pooler(new PoolerReading(false, Destination.UNKNOWN, 20, 0, Made.ALONE)),
                        Health.WARNING,
                        Health.WARNING,
                        "no entry that leads"),
                of(
                        "a process that nobody knows",
                        () -> pooler(new PoolerReading(
                                false, Destination.SOURCE, 20, 0, new PoolerProcess("bouncer-a", true, 0, List.of()))),
                        Health.WARNING,
                        Health.WARNING,
                        "so_reuseport = 1"));
    }

    @ParameterizedTest(name = "{0}: {2}, lasting {3}")
    @MethodSource("cases")
    void judges(String what, LongFunction<Scene> scene, Health atOnce, Health lasting, String reason) {
        Memory memory = new Memory(new ByteCount(10_000 * MB));

        ReplicationSnapshot first = memory.see(scene.apply(0).seen()).snapshot();
        ReplicationSnapshot last = first;
        for (long second = 2; second <= LASTING_SECONDS; second += 2) {
            last = memory.see(scene.apply(second).seen()).snapshot();
        }

        assertThat(first.health()).as("at once, %s", first.reasons()).isEqualTo(atOnce);
        assertThat(last.health()).as("lasting, %s", last.reasons()).isEqualTo(lasting);
        if (reason == null) {
            assertThat(last.reasons()).isEmpty();
        } else {
            assertThat(last.reasons().getFirst()).contains(reason).matches(".*[.;]");
        }
    }

    @Test
    void errorsCountForAMinute() {
        Memory memory = new Memory(new ByteCount(10_000 * MB));
        memory.see(withErrors(3).after(0).seen());

        ReplicationSnapshot more = memory.see(withErrors(5).after(2).seen()).snapshot();
        ReplicationSnapshot flat = memory.see(withErrors(5).after(70).seen()).snapshot();
        ReplicationSnapshot later = memory.see(withErrors(5).after(140).seen()).snapshot();

        assertThat(more.health()).isEqualTo(Health.WARNING);
        assertThat(more.reasons().getFirst()).contains("met 2 errors within the last minute");
        assertThat(flat.health()).isEqualTo(Health.HEALTHY);
        assertThat(later.health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void aSideThatMissesOneSampleHadAHiccupOneThatMissesThreeIsUnknown() {
        Memory memory = new Memory(new ByteCount(10_000 * MB));
        Scene silent = scene(REPLICATING).forwardLink().silent(TARGET);

        assertThat(health(memory, scene(REPLICATING).forwardLink())).isEqualTo(Health.HEALTHY);
        assertThat(health(memory, silent.after(2))).isEqualTo(Health.HEALTHY);
        assertThat(health(memory, scene(REPLICATING).forwardLink().after(4))).isEqualTo(Health.HEALTHY);
        assertThat(health(memory, silent.after(6))).isEqualTo(Health.HEALTHY);
        assertThat(health(memory, silent.after(8))).isEqualTo(Health.HEALTHY);
        assertThat(health(memory, silent.after(10))).isEqualTo(Health.UNKNOWN);
        assertThat(health(memory, silent.after(36))).isEqualTo(Health.CRITICAL);
        assertThat(health(memory, scene(REPLICATING).forwardLink().after(38))).isEqualTo(Health.HEALTHY);
    }

    @Test
    void worstReasonComesFirstAndEveryReasonOnce() {
        Memory memory = new Memory(new ByteCount(10_000 * MB));

        ReplicationSnapshot snapshot = memory.see(link(walStatus(WalStatus.LOST))
                        .pooler(new PoolerReading(false, Destination.UNKNOWN, 0, 0, Made.ALONE))
                        .silent(TARGET)
                        .seen())
                .snapshot();

        assertThat(snapshot.health()).isEqualTo(Health.CRITICAL);
        assertThat(snapshot.reasons()).hasSize(2).first().asString().contains("cannot go on");
        assertThat(snapshot.unreachable()).containsExactly("The target does not answer.");
    }

    private static Health health(Memory memory, Scene scene) {
        return memory.see(scene.seen()).snapshot().health();
    }

    private static Scene withErrors(long errors) {
        return scene(REPLICATING)
                .forwardLink()
                .subscribing(TARGET, new SubscriptionReading(true, true, errors, 0, List.of(ready("orders"))));
    }

    private static Scene link(SlotReading slot) {
        return scene(REPLICATING).forwardLink().publishing(SOURCE, 1000, slot);
    }

    private static SlotReading walStatus(WalStatus status) {
        return new SlotReading(true, new Lsn(1000), status, 0L, null, Made.observed(1000));
    }

    private static SubscriptionReading disabled() {
        return new SubscriptionReading(false, false, 0, 0, List.of(ready("orders")));
    }

    private static Scene pooler(PoolerReading reading) {
        return scene(REPLICATING).forwardLink().pooler(reading);
    }

    private static Arguments of(String what, Supplier<Scene> scene, Health atOnce, Health lasting, String reason) {
        LongFunction<Scene> at = second -> scene.get().after(second);
        return arguments(what, at, atOnce, lasting, reason);
    }
}
