package dev.upshift.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What PgBouncer does that a switchover has to know.
 *
 * <p>PAUSE closes the server connections that are just signing in, and takes that for a failed login: after RESUME no
 * new one is opened for {@code server_login_retry}, 15 seconds by default. Those who wait go on waiting, and new
 * clients are refused. A PAUSE soon after a RESUME meets such a login nearly always.
 */
class PoolerFactsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LATER = Duration.ofMinutes(2);
    private static final Duration FAR_BELOW_THE_RETRY = Duration.ofSeconds(5);

    private LabWorld world;
    private LedgerWriters writers;
    private PgBouncer pooler;

    @BeforeEach
    void load() {
        world = LabWorld.builder().poolers(1).durable(false).start();
        pooler = world.pooler(0);
        writers = world.startWriters(40, 400);
        writers.awaitAcknowledged(400, SOON);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void pauseDuringALoginHoldsClientsLongAfterResume() {
        Awaitility.await("clients to be held by nothing but the memory of a login that a PAUSE has met")
                .atMost(LATER)
                .until(() -> {
                    pauseAndResume();
                    return refusesNewClients() && areHeldFrom(Instant.now());
                });
        assertThat(pooler.paused()).isFalse();
        assertThat(pool()).containsEntry("sv_login", "0").containsEntry("sv_active", "0");

        pooler.command("SET server_login_retry = '0.1'");
        writers.awaitAcknowledged(400, FAR_BELOW_THE_RETRY);
    }

    @Test
    void aShortLoginRetrySetBeforeResumeLetsThemGoOnAtOnce() {
        Instant begin = Instant.now();
        for (int round = 0; round < 10; round++) {
            pooler.command("PAUSE shop");
            awaitEverybodyHeld(); // whoever comes later is refused while no login has succeeded
            pooler.command("RELOAD");
            pooler.command("SET server_login_retry = '0.1'");
            pooler.command("RESUME shop");
        }
        writers.awaitAcknowledged(400, FAR_BELOW_THE_RETRY);
        assertThat(writers.longestWait(begin, Instant.now())).isLessThan(FAR_BELOW_THE_RETRY);
        assertThat(writers.errors()).isEmpty();

        pooler.command("RELOAD");
        assertThat(pooler.show("CONFIG"))
                .anySatisfy(setting -> assertThat(setting)
                        .containsEntry("key", "server_login_retry")
                        .containsEntry("value", "15"));
    }

    private void awaitEverybodyHeld() {
        Awaitility.await("all clients to be held")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> "40".equals(pool().get("cl_waiting")));
    }

    /** PAUSE closes the server connections that are idle, so that after RESUME new ones have to sign in. */
    private void pauseAndResume() {
        pooler.command("PAUSE shop");
        pooler.command("RESUME shop");
    }

    /** Not where another login than the one that was met has succeeded. */
    private boolean areHeldFrom(Instant resumed) {
        try {
            Awaitility.await()
                    .atMost(FAR_BELOW_THE_RETRY)
                    .until(() -> writers.longestWait(resumed, Instant.now()).toSeconds() >= 2);
            return true;
        } catch (ConditionTimeoutException theyFlow) {
            return false;
        }
    }

    private boolean refusesNewClients() {
        try {
            pooler.connect("shop", Login.APP).close();
            return false;
        } catch (SQLException refused) {
            assertThat(refused.getMessage()).contains("server_login_retry");
            return true;
        }
    }

    private Map<String, @Nullable String> pool() {
        return pooler.show("POOLS").stream()
                .filter(pool -> "app".equals(pool.get("user")))
                .findFirst()
                .orElseThrow();
    }
}
