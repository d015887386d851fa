package dev.upshift.campaign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/**
 * The control plane's end of the line to the campaign: announces every moment of every step, and goes on once the
 * campaign says so. When the campaign has gone, so has the reason for this process: it ends at once.
 */
final class Gate {

    private static final int NOBODY_LISTENS = 70;

    private final PrintWriter to;
    private final Semaphore mayGoOn = new Semaphore(0);

    private Gate(PrintWriter to) {
        this.to = to;
    }

    @SuppressWarnings("resource") // open as long as the process lives
    static Gate connect(int port, String name) throws IOException {
        Socket line = new Socket(InetAddress.getLoopbackAddress(), port);
        line.setTcpNoDelay(true);
        BufferedReader from = new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.UTF_8));
        Gate gate = new Gate(new PrintWriter(line.getOutputStream(), true, StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().name("gate").start(() -> gate.listen(from));
        gate.pass(name);
        return gate;
    }

    private void listen(BufferedReader from) {
        try {
            while (from.readLine() != null) {
                mayGoOn.release();
            }
        } catch (IOException broken) {
            // as if it had ended
        }
        Runtime.getRuntime().halt(NOBODY_LISTENS);
    }

    /** Says what is about to happen and waits for the word to go on. */
    synchronized void pass(String announcement) {
        to.println(announcement);
        mayGoOn.acquireUninterruptibly();
    }

    void pass(Moment moment, String step) {
        pass(moment + " " + step);
    }
}
