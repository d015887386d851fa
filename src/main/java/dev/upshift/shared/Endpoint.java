package dev.upshift.shared;

/** Where a server listens and how to sign in to it. Prints without its password. */
public record Endpoint(String host, int port, String username, Secret password, SslMode sslMode) {

    public Endpoint at(String otherHost, int otherPort) {
        return new Endpoint(otherHost, otherPort, username, password, sslMode);
    }

    /** {@code host:port}, for messages. */
    public String address() {
        return host + ":" + port;
    }
}
