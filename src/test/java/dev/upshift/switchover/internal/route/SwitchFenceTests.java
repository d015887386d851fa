package dev.upshift.switchover.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.fence.Fence;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.fence.Fence.Ended;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.postgres.fence.SettingsHeld;
import dev.upshift.postgres.fence.SettingsHolder;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.ExampleProjects;
import dev.upshift.records.RaisedFences;
import dev.upshift.shared.Side;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class SwitchFenceTests {

    private static final String SHOP = "shop";
    private static final Set<Thread.State> WAITS = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);
    private static final FenceState OPEN = new FenceState(null, -1);

    private final Server server = new Server();
    private final Remembered remembered = new Remembered();
    private final SwitchFence fence = fence(Side.SOURCE);

    private SwitchFence fence(Side from) {
        Fence port = ExamplePorts.proxy(Fence.class, (method, arguments) -> switch (method) {
            case "read" -> server.read();
            case "raise" -> server.raise((Boolean) arguments[1]);
            case "lift" -> server.lift((FenceState) arguments[1]);
            case "endClientSessions" -> server.endClients().ended();
            case "endWithin" -> server.endClients();
            case "isBeingChanged" ->
                server.holders.stream().anyMatch(holder -> "upshift run 7.1".equals(holder.application()));
            case "endHolders" -> server.endHolders();
            default -> throw new UnsupportedOperationException(method);
        });
        Ports ports = ExamplePorts.of(port, remembered);
        SessionPool pool = new SessionPool(ports, ExampleProjects.shop(), PostgresSessions.SHORT);
        return new SwitchFence(ExampleProjects.shop(), from, ports, pool);
    }

    @Test
    void whoLiftsTheFenceEndsTheSessionsThatBeganBehindIt() {
        fence.remember(Side.SOURCE, SHOP);
        server.raise(true);
        server.connect();

        fence.lift(Side.SOURCE, SHOP);

        assertThat(server.read()).isEqualTo(OPEN);
        assertThat(server.clients).isZero();
    }

    /** They would only be able to read there for as long as somebody keeps them, and that side serves from now on. */
    @Test
    void onTheSideThatIsEnteredTheyEndAsWell() {
        remembered.keep(7, Side.TARGET, SHOP, OPEN);
        server.raise(false);
        server.connect();

        Lifted lifted = fence.lift(Side.TARGET, SHOP);

        assertThat(server.read()).isEqualTo(OPEN);
        assertThat(server.clients).isZero();
        assertThat(lifted.ended()).extracting(ClientSession::user).containsExactly("app");

        server.connect();
        assertThat(fence.lift(Side.TARGET, SHOP)).isEqualTo(Lifted.NOTHING);
        assertThat(server.clients).as("that came back").isOne();
    }

    @ParameterizedTest
    @EnumSource
    void whoTakesOverFromOneThatDiedBeforeItEndedThemEndsThem(Side side) {
        remembered.keep(7, side, SHOP, OPEN);
        server.raise(true);
        server.connect();
        server.beforeEnding = () -> {
            throw new AssertionError("dead");
        };
        assertThatThrownBy(() -> fence.lift(side, SHOP)).isInstanceOf(AssertionError.class);
        assertThat(server.read().isOpen()).as("open").isTrue();
        server.connect();

        server.beforeEnding = () -> {};
        fence(Side.SOURCE).lift(side, SHOP);

        assertThat(server.read()).isEqualTo(OPEN);
        assertThat(server.clients).isZero();
    }

    /** Held clients come first. */
    @Test
    void whoCannotBeEndedIsNamedAndKeepsNobodyWaiting() {
        remembered.keep(7, Side.TARGET, SHOP, OPEN);
        server.raise(false);
        server.stubborn = List.of(new ClientSession(9, "dba", "psql", null));

        assertThat(fence.lift(Side.TARGET, SHOP).problems())
                .singleElement()
                .asString()
                .contains("shop", "on the target", "can only read", "dba (psql)");
        assertThat(server.read()).isEqualTo(OPEN);

        server.raise(false);
        server.beforeEnding = () -> {
            throw new IllegalStateException("It cannot be looked at.");
        };
        assertThat(fence.lift(Side.TARGET, SHOP).problems())
                .singleElement()
                .asString()
                .contains("It cannot be looked at.");
        assertThat(server.read()).isEqualTo(OPEN);
    }

    /** He may have let clients go as well. */
    @Test
    void whoWasLetInBySomebodysHandIsNotEnded() {
        remembered.keep(7, Side.TARGET, SHOP, OPEN);
        server.lift(new FenceState("off", -1));
        server.connect();

        fence.lift(Side.TARGET, SHOP);

        assertThat(server.read()).isEqualTo(OPEN);
        assertThat(server.clients).isOne();
    }

    @Test
    void whoFindsItLiftedLetsClientsBe() {
        fence.remember(Side.SOURCE, SHOP);
        server.connect();

        fence.lift(Side.SOURCE, SHOP);

        assertThat(server.clients).isOne();
    }

    /** The watchdog and a step: clients that come back after one of them let them go are not ended by the other. */
    @Test
    void ofTwoWhoLiftItOneEndsSessions() throws InterruptedException {
        fence.remember(Side.SOURCE, SHOP);
        server.raise(false);
        CountDownLatch clientIsBack = new CountDownLatch(1);
        Thread slower = new Thread(() -> fence.lift(Side.SOURCE, SHOP));
        server.afterRead = () -> {
            if (Thread.currentThread().equals(slower)) {
                join(clientIsBack);
            } else if (slower.getState() == Thread.State.NEW) {
                slower.start();
                await().until(() -> WAITS.contains(slower.getState())); // for us, or with what it has read
            }
        };

        fence.lift(Side.SOURCE, SHOP);
        server.connect();
        clientIsBack.countDown();
        slower.join();

        assertThat(server.read()).isEqualTo(OPEN);
        assertThat(server.clients).as("clients").isOne();
        assertThat(server.endings).isOne();
    }

    @Test
    void whoHoldsWhatIsSetIsEndedAndNamed() {
        fence.remember(Side.SOURCE, SHOP);
        server.raise(false);
        server.connect();
        server.holders = List.of(holder("psql", true));

        fence.lift(Side.SOURCE, SHOP);

        assertThat(server.read()).isEqualTo(OPEN);
        assertThat(server.clients).isZero();
        assertThat(fence.takeNotes())
                .singleElement()
                .asString()
                .contains("shop: on the source", "process 4711 of dba (psql)", "this session was ended");
        assertThat(fence.takeNotes()).isEmpty();
    }

    @Test
    void whoHoldsItAndMayNotBeEndedIsNamed() {
        fence.remember(Side.SOURCE, SHOP);
        server.raise(false);
        server.holders = List.of(holder("psql", false));

        assertThatThrownBy(() -> fence.lift(Side.SOURCE, SHOP))
                .hasMessageContainingAll(
                        "shop on the source: what is set", "process 4711 of dba (psql)", "our role may not");
        assertThat(server.holders).hasSize(1);
        assertThatThrownBy(() -> fence.liftForGood(SHOP)).hasMessageContaining("process 4711");
        assertThat(remembered.states).isNotEmpty();
    }

    /** Clients need not wait for it. */
    @Test
    void whatWasNeverRaisedWaitsForNobody() {
        fence.remember(Side.SOURCE, SHOP);
        server.holders = List.of(holder("psql", true));

        assertThat(fence.lift(Side.SOURCE, SHOP)).isEqualTo(Lifted.NOTHING);
        fence.liftForGood(SHOP);

        assertThat(server.holders).as("is let be").hasSize(1);
        assertThat(remembered.states).isEmpty();
    }

    /** It would raise the fence over clients that were let go. */
    @Test
    void aFormerOwnerWhoIsAboutToRaiseItIsEnded() {
        fence.remember(Side.SOURCE, SHOP);
        server.holders = List.of(holder("upshift run 7.1", true));

        fence.lift(Side.SOURCE, SHOP);

        assertThat(server.holders).isEmpty();
    }

    private static SettingsHolder holder(String application, boolean endable) {
        return new SettingsHolder(4711, "dba", application, null, "postgres", null, endable);
    }

    @Test
    void itIsForgottenOnlyWhenItIsSeenToBeLifted() {
        fence.remember(Side.SOURCE, SHOP);
        server.raise(false);

        fence.liftForGood(SHOP);

        assertThat(server.read()).isEqualTo(OPEN);
        assertThat(remembered.states).isEmpty();
    }

    @Test
    void theSideThatIsEnteredIsOpenedForReadersAndShutAgain() {
        remembered.keep(7, Side.TARGET, SHOP, new FenceState(null, 50));
        server.raise(true);
        assertThat(fence.isShut(SHOP)).isTrue();

        fence.soften(SHOP);
        assertThat(server.read()).isEqualTo(new FenceState("on", 50));
        assertThat(fence.isShut(SHOP)).isFalse();

        server.connect();
        fence.harden(SHOP);
        assertThat(server.read()).isEqualTo(new FenceState("on", 0));
        assertThat(server.clients).as("that slipped in").isZero();
        assertThat(remembered.states).containsValue(new FenceState(null, 50));
    }

    @Test
    void aLimitThatIsNotOursIsLeftAlone() {
        server.lift(new FenceState(null, 0));
        assertThat(fence.isShut(SHOP)).isFalse();

        remembered.keep(7, Side.TARGET, SHOP, new FenceState(null, 0));
        assertThat(fence(Side.SOURCE).isShut(SHOP)).isFalse();
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A database and its clients. */
    private static final class Server {

        private volatile FenceState state = OPEN;
        private volatile int clients;
        private volatile int endings;
        private volatile List<ClientSession> stubborn = List.of();
        private volatile List<SettingsHolder> holders = List.of();
        private volatile Runnable beforeEnding = () -> {};
        private volatile Runnable afterRead = () -> {};

        FenceState read() {
            FenceState read = state;
            afterRead.run();
            return read;
        }

        synchronized Object raise(boolean hard) {
            state = new FenceState("on", hard ? 0 : state.connectionLimit());
            return this;
        }

        Object lift(FenceState before) {
            if (!holders.isEmpty()) {
                throw new SettingsHeld(SHOP, holders);
            }
            state = before;
            return this;
        }

        boolean endHolders() {
            holders = List.of();
            return true;
        }

        synchronized void connect() {
            clients++;
        }

        synchronized Ended endClients() {
            beforeEnding.run();
            List<ClientSession> ended = Collections.nCopies(clients, new ClientSession(1, "app", null, null));
            clients = 0;
            endings++;
            return new Ended(ended, stubborn, List.of(), false);
        }
    }

    private static final class Remembered implements RaisedFences {

        private final Map<String, FenceState> states = new HashMap<>();

        @Override
        public synchronized void keep(long project, Side side, String database, FenceState before) {
            states.putIfAbsent(side + "/" + database, before);
        }

        @Override
        public synchronized Optional<FenceState> before(long project, Side side, String database) {
            return Optional.ofNullable(states.get(side + "/" + database));
        }

        @Override
        public synchronized void forget(long project, Side side, String database) {
            states.remove(side + "/" + database);
        }
    }
}
