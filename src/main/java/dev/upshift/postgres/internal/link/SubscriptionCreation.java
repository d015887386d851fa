package dev.upshift.postgres.internal.link;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.upshift.postgres.internal.session.ConnectionString;
import dev.upshift.postgres.internal.session.DriverSession;
import dev.upshift.postgres.internal.session.SecretCommand;
import dev.upshift.postgres.internal.session.SecretSession;
import dev.upshift.postgres.link.Links.LinkRefused;
import dev.upshift.postgres.link.Links.SubscriptionDefinition;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PostgresVersion;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Creates subscriptions: real ones, and one that only proves that it could be. */
@Component
class SubscriptionCreation {

    private final Subscriptions subscriptions;
    private final ProvenLinks proven;

    @Autowired
    SubscriptionCreation(Subscriptions subscriptions) {
        this(subscriptions, new ProvenLinks(Ticker.systemTicker()));
    }

    SubscriptionCreation(Subscriptions subscriptions, ProvenLinks proven) {
        this.subscriptions = subscriptions;
        this.proven = proven;
    }

    void subscribe(PostgresSession session, SubscriptionDefinition definition) {
        if (subscriptions.state(session, definition.name()).isPresent()) {
            return;
        }
        ConnectionString publisher = new ConnectionString(definition.publisher(), definition.database());
        try {
            SecretSession.of(session)
                    .execute(command(
                            session,
                            definition.name(),
                            definition.publication(),
                            publisher,
                            options(session, definition)));
        } catch (SQLException refusal) {
            throw refused(session, definition.publisher(), definition.database(), refusal);
        }
    }

    /**
     * {@code CREATE SUBSCRIPTION} connects for the list of tables even if it is to create nothing at the publisher. The
     * transaction is rolled back, so that nothing stays even if we die before that. What was proven a few minutes ago
     * is not tried again.
     */
    void probe(PostgresSession session, Endpoint publisher, String database, String publication) {
        ProvenLinks.Link link =
                new ProvenLinks.Link(DriverSession.of(session).place(), publisher, database, publication);
        if (proven.holds(link)) {
            return;
        }
        String name = "upshift_probe_" + UUID.randomUUID().toString().replace("-", "");
        Map<String, String> options =
                Map.of("enabled", "false", "create_slot", "false", "copy_data", "false", "slot_name", "none");
        SecretCommand command = command(session, name, publication, new ConnectionString(publisher, database), options);
        @Nullable SQLException refusal = command.attempt(DriverSession.of(session));
        if (refusal != null) {
            throw refused(session, publisher, database, refusal);
        }
        proven.note(link);
    }

    /** The next probe of any link tries it. */
    void forgetProven() {
        proven.forget();
    }

    private static SecretCommand command(
            PostgresSession session,
            String name,
            String publication,
            ConnectionString publisher,
            Map<String, String> options) {
        String with = options.entrySet().stream()
                .map(option -> option.getKey() + " = " + option.getValue())
                .collect(Collectors.joining(", "));
        UnaryOperator<String> text = conninfo ->
                "create subscription " + session.identifier(name) + " connection " + session.literal(conninfo)
                        + " publication " + session.identifier(publication) + " with (" + with + ")";
        return new SecretCommand(text.apply(publisher.reveal()), text.apply(publisher.masked()), publisher);
    }

    /**
     * The options that the subscribing server knows. What the publisher is too old for (streaming, binary), the worker
     * leaves out by itself.
     */
    private static Map<String, String> options(PostgresSession session, SubscriptionDefinition definition) {
        PostgresVersion version = session.version();
        Map<String, String> options = new LinkedHashMap<>();
        options.put("slot_name", session.literal(definition.slot()));
        options.put("create_slot", Boolean.toString(definition.createSlot()));
        options.put("copy_data", Boolean.toString(definition.copyData()));
        options.put("enabled", Boolean.toString(definition.enabled()));
        if (version.isAtLeast(14)) {
            options.put("binary", Boolean.toString(definition.binary()));
            options.put("streaming", version.isAtLeast(16) ? "parallel" : "on");
        }
        // Never disable_on_error: the publisher's restart or a cut network counts as an error too, and would end
        // replication
        // until a person looks. Without it the worker tries again every few seconds.
        return options;
    }

    private static LinkRefused refused(
            PostgresSession session, Endpoint publisher, String database, SQLException refusal) {
        return LinkRefusal.of(refusal).refused(session, publisher, database, refusal);
    }
}
