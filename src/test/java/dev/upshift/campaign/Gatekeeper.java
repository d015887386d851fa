package dev.upshift.campaign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The campaign's end of the lines to the control planes. A control plane stands still while what was set for the moment
 * that it announces is done, so that a fault strikes exactly there; unless it dies of it, it goes on afterwards.
 */
final class Gatekeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Gatekeeper.class);

    private final ServerSocket door;
    private final Map<String, CompletableFuture<Integer>> ready = new ConcurrentHashMap<>();
    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    private final List<Trap> traps = new ArrayList<>();

    Gatekeeper() {
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("gatekeeper").start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** The port of a control plane's REST interface, once it is ready. */
    CompletableFuture<Integer> ready(String name) {
        return ready.computeIfAbsent(name, any -> new CompletableFuture<>());
    }

    /** Does something once, when any control plane comes to this place. */
    synchronized CompletableFuture<Void> at(Place place, Runnable action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        traps.add(new Trap(place.moment() + " " + place.step(), action, done));
        return done;
    }

    /** Whether any control plane has ever come to this place. */
    boolean hasHeard(Place place) {
        return heard.contains(place.moment() + " " + place.step());
    }

    /** Forgets what was set and has not happened. */
    synchronized void forget() {
        traps.clear();
    }

    private synchronized List<Trap> takeTraps(String announcement) {
        List<Trap> sprung = traps.stream()
                .filter(trap -> trap.announcement.equals(announcement))
                .toList();
        traps.removeAll(sprung);
        return sprung;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket line = door.accept();
                Thread.ofVirtual().name("gate").start(() -> attend(line));
            } catch (IOException closing) {
                return;
            }
        }
    }

    private void attend(Socket line) {
        try (line;
                BufferedReader from =
                        new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.UTF_8));
                PrintWriter to = new PrintWriter(line.getOutputStream(), true, StandardCharsets.UTF_8)) {
            line.setTcpNoDelay(true);
            String name = from.readLine();
            to.println();
            for (String said = from.readLine(); said != null; said = from.readLine()) {
                hear(name, said);
                to.println();
            }
        } catch (IOException gone) {
            // it was killed, which is what happens here
        }
    }

    private void hear(String name, String said) {
        if (said.startsWith(GatedControlPlane.READY)) {
            ready(name).complete(Integer.parseInt(said.substring(said.indexOf(' ') + 1)));
            return;
        }
        heard.add(said);
        for (Trap trap : takeTraps(said)) {
            try {
                trap.action.run();
                trap.done.complete(null);
            } catch (RuntimeException | Error e) {
                log.error("What was to happen {} failed", said, e);
                trap.done.completeExceptionally(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Trap(String announcement, Runnable action, CompletableFuture<Void> done) {}
}
