package dev.upshift.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out free TCP ports on loopback.
 *
 * <p>They lie below the range from which operating systems take the local ports of outgoing connections (32768 and up
 * on Linux, 49152 and up on macOS): a server that is stopped and started again finds its port still free. Each of the
 * JVMs that run tests beside each other has a range of its own, for the same reason.
 */
final class LoopbackPorts {

    private static final int FIRST = 20_000;
    private static final int RANGE = 2_000;
    private static final int RANGES = 6;

    /** Which JVM of a build this is; the build numbers them from 1. */
    private static final int FORK = Integer.getInteger("lab.fork", 0);

    private static final int LOWEST = FIRST + FORK % RANGES * RANGE;
    private static final int BEYOND = LOWEST + RANGE;
    private static final int ATTEMPTS = 1_000;

    private static final Set<Integer> TAKEN = new HashSet<>();

    private LoopbackPorts() {}

    /** Returns a port that nothing listens on and that no earlier call has returned. */
    static synchronized int next() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
            if (isFree(port) && TAKEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free TCP port on loopback between " + LOWEST + " and " + BEYOND);
    }

    /** Tells whether a server could listen on this port of the loopback interface. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
