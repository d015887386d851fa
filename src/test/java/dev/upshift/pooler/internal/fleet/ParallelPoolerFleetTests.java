package dev.upshift.pooler.internal.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.upshift.pooler.PoolerFleet;
import dev.upshift.pooler.PoolerFleet.HoldOutcome;
import dev.upshift.pooler.PoolerFleet.HoldOutcome.Held;
import dev.upshift.pooler.PoolerFleet.HoldOutcome.NeverCalm;
import dev.upshift.pooler.PoolerFleet.HoldOutcome.Refused;
import dev.upshift.pooler.PoolerFleet.HoldOutcome.TooSlow;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import dev.upshift.shared.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ParallelPoolerFleetTests {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final FakePooler a = new FakePooler("a", "shop", "billing");
    private final FakePooler b = new FakePooler("b", "shop");
    private final PoolerFleet fleet = open();

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void holdsEveryEntryOfEveryPoolerAndLetsThemGo() {
        assertThat(fleet.holdClients(LONG))
                .isInstanceOfSatisfying(
                        Held.class, held -> assertThat(held.byPooler()).containsOnlyKeys("a", "b"));
        assertThat(a.paused).containsExactlyInAnyOrder("shop", "billing");
        assertThat(b.paused).containsExactly("shop");

        AtomicInteger resumed = new AtomicInteger();
        assertThat(fleet.releaseClients(LONG, resumed::incrementAndGet)).isEmpty();
        assertThat(resumed).as("told by both poolers").hasValue(2);
        assertThat(a.isPaused() || b.isPaused()).isFalse();
    }

    @Test
    void tellsRightBeforeTheFirstPauseAndHoldsNobodyWhenThatThrows() {
        AtomicInteger told = new AtomicInteger();
        assertThat(fleet.holdClients(LONG, () -> {
                    assertThat(a.isPaused() || b.isPaused()).isFalse();
                    told.incrementAndGet();
                }))
                .isInstanceOf(Held.class);
        assertThat(told).hasValue(1);
        assertThat(a.isPaused() && b.isPaused()).isTrue();
        assertThat(fleet.releaseClients(LONG)).isEmpty();

        assertThatThrownBy(() -> fleet.holdClients(LONG, () -> {
                    throw new IllegalStateException("Aborted.");
                }))
                .hasMessage("Aborted.");
        assertThat(a.isPaused() || b.isPaused()).isFalse();
    }

    /** The run may be over, and somebody else's: a process that was asleep holds nobody when it wakes. */
    @Test
    void holdsNobodyAfterASleep() {
        AtomicReference<Duration> asleep = new AtomicReference<>(Duration.ZERO);
        InstantSource machine = () -> Instant.now().plus(asleep.get());
        try (PoolerFleet sleeper = open(machine.withZone(ZoneOffset.UTC))) {
            assertThat(sleeper.holdClients(LONG, () -> asleep.set(Duration.ofMinutes(1))))
                    .isInstanceOf(Refused.class);
            assertThat(a.commands()).isEmpty();
            assertThat(b.commands()).isEmpty();

            AtomicInteger begun = new AtomicInteger();
            b.change(() -> b.serversLoggingIn = 1);
            CompletableFuture<HoldOutcome> holding =
                    CompletableFuture.supplyAsync(() -> sleeper.holdClients(LONG, begun::incrementAndGet));
            int before = b.looks();
            await().until(() -> b.looks() > before + 3);
            asleep.set(Duration.ofMinutes(2));
            b.change(() -> b.serversLoggingIn = 0);

            assertThat(holding.join()).isNotInstanceOf(Held.class);
            assertThat(begun).hasValue(0);
            assertThat(a.isPaused() || b.isPaused()).isFalse();
        }
    }

    @Test
    void lettingGoWhatIsNotHeldIsFineAndRepeatable() {
        assertThat(fleet.releaseClients(LONG)).isEmpty();
        assertThat(fleet.releaseClients(LONG)).isEmpty();
    }

    @Test
    void tellsWhoStillHasTransactionsWhenTimeIsSpent() {
        b.change(() -> b.serversActive = 3);

        assertThat(fleet.holdClients(SHORT)).isEqualTo(new TooSlow(Map.of("b", 3)));
        assertThat(fleet.releaseClients(LONG)).isEmpty();

        assertThat(a.isPaused() || b.isPaused()).isFalse();
        b.change(() -> b.serversActive = 0);
        assertThat(fleet.holdClients(LONG)).isInstanceOf(Held.class);
    }

    @Test
    void doesNotBelieveAPauseThatAnswersWhileTransactionsAreOpen() {
        a.change(() -> {
            a.answersTooEarly = true;
            a.serversActive = 1;
        });

        assertThat(fleet.holdClients(SHORT)).isEqualTo(new TooSlow(Map.of("a", 2)));
    }

    @Test
    void stopsHoldingAtOnceWhenClientsAreLetGo() {
        b.change(() -> b.serversActive = 1);
        CompletableFuture<HoldOutcome> holding = CompletableFuture.supplyAsync(() -> fleet.holdClients(LONG));
        await().until(b::isPaused);

        assertThat(fleet.releaseClients(LONG)).isEmpty();

        assertThat(holding.orTimeout(1, java.util.concurrent.TimeUnit.SECONDS).join())
                .isInstanceOf(Refused.class);
        assertThat(a.isPaused() || b.isPaused()).isFalse();
    }

    @Test
    void waitsForAPauseThatIsStillOnItsWay() {
        b.change(() -> b.networkHolds = true);
        CompletableFuture<HoldOutcome> holding = CompletableFuture.supplyAsync(() -> fleet.holdClients(LONG));
        await().until(a::isPaused);

        CompletableFuture<List<String>> releasing = CompletableFuture.supplyAsync(() -> fleet.releaseClients(LONG));
        await().until(() -> b.commands().contains("RESUME shop"));
        assertThat(releasing).isNotDone();
        b.change(() -> b.networkHolds = false);

        assertThat(releasing.join()).isEmpty();
        assertThat(b.commands()).contains("PAUSE shop").endsWith("RESUME shop");
        assertThat(b.isPaused()).isFalse();
        assertThat(holding.join()).isInstanceOf(Refused.class);
    }

    @Test
    void saysSoWhenAPauseIsStillOnItsWayAtTheEnd() {
        b.change(() -> b.networkHolds = true);
        assertThat(fleet.holdClients(SHORT)).isInstanceOf(TooSlow.class);

        assertThat(fleet.releaseClients(SHORT)).singleElement().asString().contains("Pooler b may still hold");

        b.change(() -> b.networkHolds = false);
        assertThat(fleet.releaseClients(LONG)).isEmpty();
        assertThat(b.isPaused()).isFalse();
    }

    @Test
    void letsGoInAnInterruptedThreadToo() {
        assertThat(fleet.holdClients(LONG)).isInstanceOf(Held.class);

        Thread.currentThread().interrupt();
        List<String> problems = fleet.releaseClients(LONG);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(problems).isEmpty();
        assertThat(a.isPaused() || b.isPaused()).isFalse();
    }

    @Test
    void letsTheOthersGoWhenOnePoolerDoesNotAnswer() {
        assertThat(fleet.holdClients(LONG)).isInstanceOf(Held.class);
        b.change(() -> b.frozen = true);

        Instant begun = Instant.now();
        List<String> problems = fleet.releaseClients(Duration.ofMillis(300));

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(problems).singleElement().asString().contains("Pooler b may still hold the clients of shop");
        assertThat(a.isPaused()).isFalse();
        b.change(() -> b.frozen = false);
    }

    @Test
    void opensANewConnectionToLetGoWhenTheOldOneIsLost() {
        assertThat(fleet.holdClients(LONG)).isInstanceOf(Held.class);
        b.change(() -> List.copyOf(b.consoles).forEach(FakePooler.FakeConsole::abort));

        assertThat(fleet.releaseClients(LONG)).isEmpty();

        assertThat(b.isPaused()).isFalse();
    }

    @Test
    void refusesWhenAPoolerIsLostWhileItIsPausing() {
        b.change(() -> b.serversActive = 1);
        CompletableFuture<HoldOutcome> holding = CompletableFuture.supplyAsync(() -> fleet.holdClients(LONG));
        await().until(b::isPaused);

        b.change(() -> List.copyOf(b.consoles).forEach(FakePooler.FakeConsole::abort));

        assertThat(holding.join())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.pooler()).isEqualTo("b"));
    }

    @Test
    void pausesNobodyWhenOnePoolerCannotBeReachedAnyMore() {
        b.change(() -> {
            b.away = true;
            List.copyOf(b.consoles).forEach(FakePooler.FakeConsole::abort);
        });

        AtomicBoolean begun = new AtomicBoolean();
        assertThat(fleet.holdClients(LONG, () -> begun.set(true))).isEqualTo(new Refused("b", "Pooler b is away."));
        assertThat(begun).isFalse();
        assertThat(a.commands()).isEmpty();
        assertThat(fleet.reconnect()).containsExactly("Pooler b is away.");
        b.change(() -> b.away = false);
        assertThat(fleet.reconnect()).isEmpty();
    }

    @Test
    void pausesNobodyWhenAnEntryIsMissingOrKeepsConnectionsOpen() {
        b.change(() -> b.minPoolSize = 2);
        assertThat(fleet.holdClients(LONG))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains("min_pool_size"));

        b.change(() -> {
            b.minPoolSize = 0;
            b.entries.remove("shop");
        });
        assertThat(fleet.holdClients(LONG)).isEqualTo(new Refused("b", "Pooler b has no entry shop."));
        assertThat(a.commands()).isEmpty();
    }

    @Test
    void pausesNobodyWhileServerConnectionsAreBeingOpened() {
        b.change(() -> b.serversLoggingIn = 1);
        assertThat(fleet.holdClients(SHORT)).isEqualTo(new NeverCalm(List.of("b")));
        assertThat(a.commands()).isEmpty();
        assertThat(b.commands()).isEmpty();

        CompletableFuture<HoldOutcome> holding = CompletableFuture.supplyAsync(() -> fleet.holdClients(LONG));
        b.change(() -> b.serversLoggingIn = 0);

        assertThat(holding.join()).isInstanceOf(Held.class);
    }

    @Test
    void helpsAPoolerThatOpensNoServerConnectionsForThoseWhoWait() {
        b.change(() -> {
            b.clientsWaiting = 5;
            b.serversReady = 0;
        });

        assertThat(fleet.releaseClients(LONG)).isEmpty();

        assertThat(b.commands())
                .containsExactly("RESUME shop", "SET server_login_retry=0.05", "SET server_login_retry=15");
        assertThat(a.commands()).containsExactly("RESUME shop", "RESUME billing");
    }

    @Test
    void addsUpWhoWaits() {
        a.change(() -> a.clientsWaiting = 2);
        b.change(() -> b.clientsWaiting = 7);

        assertThat(fleet.waiters()).isEqualTo(new PoolerFleet.Waiters(2 + 2 + 7, Duration.ofMillis(7)));
        assertThat(fleet.entries()).containsOnlyKeys("a", "b");
    }

    @Test
    void closesWhatItOpened() {
        fleet.close();

        assertThat(a.openConsoles() + b.openConsoles()).isZero();
    }

    @Test
    void opensNothingWhenOnePoolerIsAway() {
        fleet.close();
        b.change(() -> b.away = true);

        assertThatThrownBy(this::open).isInstanceOf(PoolerUnreachable.class).hasMessage("Pooler b is away.");

        assertThat(a.openConsoles()).isZero();
    }

    private PoolerFleet open() {
        return open(Clock.systemUTC());
    }

    private PoolerFleet open(Clock clock) {
        Map<String, FakePooler> poolers = Map.of("a", a, "b", b);
        return new ParallelPoolerFleets(
                        (pooler, deadline) -> poolers.get(pooler.name()).open(), new Waiting(clock), clock)
                .open(
                        List.of(address("a"), address("b")),
                        Map.of("a", List.of("shop", "billing"), "b", List.of("shop")));
    }

    private static PoolerAddress address(String name) {
        return new PoolerAddress(
                name,
                new Endpoint(name, 6432, "upshift", new Secret("secret"), SslMode.PREFER),
                new PoolerAddress.ConfigurationLocation("file", "/nowhere"));
    }
}
