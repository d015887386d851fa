package dev.upshift.check.internal.entry;

import dev.upshift.shared.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares servers by the addresses that names resolve to here. All addresses of the loopback interface count as one:
 * {@code localhost}, {@code 127.0.0.1} and {@code ::1} are the same machine, whichever of them a server listens on.
 */
public final class Addresses {

    private static final String THIS_MACHINE = "loopback";

    private Addresses() {}

    /** Whether a server at this host and port is one of these, by name or by address. */
    public static boolean meet(String host, int port, List<Endpoint> servers) {
        Set<String> here = of(host);
        return servers.stream()
                .filter(server -> server.port() == port)
                .anyMatch(server -> server.host().equalsIgnoreCase(host)
                        || of(server.host()).stream().anyMatch(here::contains));
    }

    /** Whether it is the loopback interface of whoever asks, so that it means another machine to each. */
    static boolean isLoopback(String host) {
        return of(host).contains(THIS_MACHINE);
    }

    /** Empty when the name is not known here. */
    static Set<String> of(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .map(address -> address.isLoopbackAddress() || address.isAnyLocalAddress()
                            ? THIS_MACHINE
                            : address.getHostAddress())
                    .collect(Collectors.toSet());
        } catch (UnknownHostException unknown) {
            return Set.of();
        }
    }
}
