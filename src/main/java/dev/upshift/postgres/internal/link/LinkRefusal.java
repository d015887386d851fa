package dev.upshift.postgres.internal.link;

import dev.upshift.postgres.link.Links.LinkRefused;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Endpoint;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** What a server said when it could not subscribe, and what the operator can do about it. */
record LinkRefusal(String reason, String remedy) {

    private static final String REPLICATION = "Give the role the attribute REPLICATION there.";

    /** What libpq and the publisher say, which reaches us only as text, most telling first. */
    private static final List<LinkRefusal> KNOWN = List.of(
            new LinkRefusal(
                    "password authentication failed", "Check the user and the password that the project has for it."),
            new LinkRefusal(
                    "no pg_hba.conf entry",
                    "Add a line to pg_hba.conf there that lets this user in from the other server."),
            new LinkRefusal("does not exist", "Check the name, and that the schema was copied."),
            new LinkRefusal(
                    "could not translate host name",
                    "Check the host, or give the address by which the other server reaches it (peer host)."),
            new LinkRefusal(
                    "refused",
                    "Check the address by which the other server reaches it (peer host and port), and its "
                            + "listen_addresses."),
            new LinkRefusal(
                    "timeout expired",
                    "Check the firewall between the two servers, and the address by which the other server reaches it "
                            + "(peer host)."),
            new LinkRefusal("timed out", "Check the firewall between the two servers."),
            new LinkRefusal("SSL", "Check the sslmode and the certificates on both servers."),
            new LinkRefusal("must be superuser or replication role", REPLICATION),
            new LinkRefusal("permission denied to start WAL sender", REPLICATION),
            new LinkRefusal(
                    "must be superuser",
                    "Below version 16 only a superuser may subscribe: make the role one, or use another role."),
            new LinkRefusal(
                    "permission denied to create subscription",
                    "Grant the role pg_create_subscription, and CREATE on the database."),
            new LinkRefusal(
                    "too many connections", "Raise the limit of the database or of the role there, or end sessions."),
            new LinkRefusal("max_wal_senders", "Raise max_wal_senders there, or end replication that is not needed."),
            new LinkRefusal("wal_level", "Set wal_level = logical there and restart it."));

    static LinkRefusal of(SQLException refusal) {
        String reason = Objects.requireNonNullElse(refusal.getMessage(), "no reason given")
                .replaceFirst("^(ERROR|FATAL): ", "")
                .replaceAll("\\s+", " ")
                .strip();
        return KNOWN.stream()
                .filter(known -> reason.contains(known.reason))
                .findFirst()
                .map(known -> new LinkRefusal(reason, known.remedy))
                .orElse(new LinkRefusal(reason, "See the server's log for more."));
    }

    LinkRefused refused(PostgresSession session, Endpoint publisher, String database, SQLException refusal) {
        String sentence = "PostgreSQL " + session.version().major() + " (database " + session.database()
                + ") cannot subscribe to database " + database + " at " + publisher.address() + ": " + reason
                + (reason.endsWith(".") || reason.endsWith("?") ? "" : ".");
        return new LinkRefused(sentence, remedy, refusal);
    }
}
