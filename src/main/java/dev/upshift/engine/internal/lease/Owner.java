package dev.upshift.engine.internal.lease;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * This control plane.
 *
 * @param name for people who read {@code run_lease}, like {@code process 4711 on db-tools-1}
 */
public record Owner(String name) {

    public static Owner thisProcess() {
        return new Owner("process " + ProcessHandle.current().pid() + " on " + host());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "a host without a name";
        }
    }
}
