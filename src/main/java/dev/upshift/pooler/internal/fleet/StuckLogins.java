package dev.upshift.pooler.internal.fleet;

import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.shared.Waiting;
import java.time.Duration;
import java.util.List;

/**
 * Brings a pooler back to opening server connections when a PAUSE has stopped it from doing so.
 *
 * <p>PAUSE closes server connections that are being opened, PgBouncer takes that for a failed login, and after RESUME it
 * opens nothing for {@code server_login_retry} (15 s by default) while clients wait. We do not PAUSE while connections
 * are being opened, but between our look and the PAUSE one may begin, and whoever paused before us may not have looked.
 * So when clients wait and nothing is being opened for them, the setting is lowered for a moment and put back.
 */
public final class StuckLogins {

    /** How long PgBouncer opens nothing after a failed login; changed for a moment. */
    public static final String SETTING = "server_login_retry";

    /** Short enough for held clients, long enough not to hammer a server that really refuses. */
    public static final String IMPATIENT = "0.05";

    /** For people: when that is done. */
    public static final String WHEN = "only while clients wait and no connection is being opened for them";

    private static final Duration AT_MOST = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(5);

    private final PoolerView view;
    private final ConsoleLine line;
    private final Waiting waiting;

    StuckLogins(PoolerView view, ConsoleLine line, Waiting waiting) {
        this.view = view;
        this.line = line;
        this.waiting = waiting;
    }

    /** @return whether there was something to do, so that clients waited until now */
    boolean release() {
        if (noneStuck()) {
            return false;
        }
        String usual = line.ask(console -> console.config().getOrDefault(SETTING, "15"));
        set(IMPATIENT);
        try {
            waiting.until(AT_MOST, POLL, this::noneStuck);
        } finally {
            set(usual);
        }
        return true;
    }

    /** RESUME starts a login for whoever waits in the same round of PgBouncer's loop, so that one look tells. */
    private boolean noneStuck() {
        List<Pool> pools = view.pools();
        return pools.stream()
                .noneMatch(pool -> pool.clientsWaiting() > 0
                        && pool.serversActive() + pool.serversReady() + pool.serversLoggingIn() == 0);
    }

    private void set(String value) {
        line.ask(console -> {
            console.set(SETTING, value);
            return true;
        });
    }
}
