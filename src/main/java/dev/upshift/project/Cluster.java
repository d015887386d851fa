package dev.upshift.project;

import dev.upshift.shared.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * One of the two PostgreSQL clusters of a project.
 *
 * @param endpoint how the control plane reaches it
 * @param peerHost how the other cluster and the poolers reach it, where that differs
 * @param peerPort likewise
 * @param majorVersion as seen by the last connection test, for display
 */
public record Cluster(
        Endpoint endpoint,
        @Nullable String peerHost,
        @Nullable Integer peerPort,
        @Nullable Integer majorVersion) {

    /** The endpoint as the other cluster and the poolers use it. */
    public Endpoint peer() {
        return endpoint.at(
                peerHost == null ? endpoint.host() : peerHost, peerPort == null ? endpoint.port() : peerPort);
    }
}
