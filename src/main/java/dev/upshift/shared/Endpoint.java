package dev.upshift.shared;

import org.jspecify.annotations.Nullable;

/** Where a server listens and how to sign in to it. Prints without its password. */
public record Endpoint(String host, int port, String username, Secret password, SslMode sslMode) {

    public Endpoint at(String otherHost, int otherPort) {
        return new Endpoint(otherHost, otherPort, username, password, sslMode);
    }

    /** Whether a server that listens at this address is meant; host names know no case. */
    public boolean isAt(@Nullable String otherHost, int otherPort) {
        return port == otherPort && host.equalsIgnoreCase(otherHost);
    }

    /** {@code host:port}, for messages; an IPv6 address in brackets. */
    public String address() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
