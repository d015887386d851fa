package dev.upshift.check.internal.cluster;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.internal.draft.TriedCluster;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.Catalog.ServerFacts;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.postgres.session.PostgresSessions.Timeouts;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.postgres.session.PostgresUnreachable.Reason;
import dev.upshift.project.Cluster;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Signs in to a cluster, so that it can be seen whether it can take part in an upgrade. */
@Component
public final class ClusterTrial {

    private static final Timeouts TIMEOUTS = new Timeouts(Duration.ofSeconds(4), Duration.ofSeconds(4));

    /** Exists on every cluster unless somebody dropped it on purpose. */
    private static final String MAINTENANCE = "postgres";

    private final PostgresSessions sessions;
    private final Catalog catalog;

    ClusterTrial(PostgresSessions sessions, Catalog catalog) {
        this.sessions = sessions;
        this.catalog = catalog;
    }

    /**
     * The source must have every database and let us into each. The target need not have the databases yet; those that it
     * has must let us in.
     */
    public TriedCluster of(Side side, Cluster cluster, List<String> databases) {
        return new Attempt(side, cluster, databases).answer();
    }

    private final class Attempt {

        private final Side side;
        private final Cluster cluster;
        private final List<String> databases;
        private final boolean databasesNeeded;
        private final List<Finding> refusals = new ArrayList<>();
        private @Nullable ServerFacts facts;

        Attempt(Side side, Cluster cluster, List<String> databases) {
            this.side = side;
            this.cluster = cluster;
            this.databases = databases;
            this.databasesNeeded = side == Side.SOURCE;
        }

        TriedCluster answer() {
            boolean serverAnswers = true;
            for (Map.Entry<String, String> database : candidates().entrySet()) {
                serverAnswers = serverAnswers && tried(database.getKey(), database.getValue());
            }
            if (serverAnswers && facts == null) {
                peek();
            }
            if (facts == null && refusals.isEmpty()) {
                refusals.add(nowhereToSignIn());
            }
            return new TriedCluster(side, refusals, facts);
        }

        /** Databases to sign in to, each with the field that named it. */
        private Map<String, String> candidates() {
            Map<String, String> candidates = new LinkedHashMap<>();
            if (!databasesNeeded) {
                candidates.put(MAINTENANCE, field("host"));
            }
            for (int index = 0; index < databases.size(); index++) {
                candidates.putIfAbsent(databases.get(index), "databases[" + index + "]");
            }
            return candidates;
        }

        /** Whether it is worth while to try the next one: not when the server itself is the problem. */
        private boolean tried(String database, String field) {
            try (PostgresSession session = sessions.open(cluster.endpoint(), database, TIMEOUTS)) {
                if (facts == null) {
                    facts = catalog.server(session);
                }
                return true;
            } catch (PostgresUnreachable e) {
                if (e.reason() == Reason.DATABASE_MISSING) {
                    if (databasesNeeded) {
                        refusals.add(refusal(database, e).in(field));
                    }
                    return true;
                }
                refusals.add(refusal(database, e).in(fieldOf(e.reason(), field)));
                return false;
            } catch (DataAccessException e) {
                refusals.add(new Finding(
                                Place.on(side),
                                List.of(cluster.endpoint().username()),
                                "The server at %s let user %s in, but could not be examined: %s."
                                        .formatted(
                                                cluster.endpoint().address(),
                                                cluster.endpoint().username(),
                                                e.getMostSpecificCause().getMessage()),
                                "Let that role read the catalogue of the server.")
                        .in(field("username")));
                return false;
            }
        }

        private Finding refusal(String database, PostgresUnreachable e) {
            return new Finding(Place.on(side), List.of(database), e.happened(), e.remedy());
        }

        private Finding nowhereToSignIn() {
            return new Finding(
                            Place.on(side),
                            List.of(MAINTENANCE),
                            "The server at %s has neither a database %s nor one of the project's, so nothing of it could be examined."
                                    .formatted(cluster.endpoint().address(), MAINTENANCE),
                            "Create the database %s there, as every cluster has it from the beginning."
                                    .formatted(MAINTENANCE))
                    .in(field("host"));
        }

        /** None of the databases exists; what else is wrong with the server is worth telling at the same time. */
        private void peek() {
            try (PostgresSession session = sessions.open(cluster.endpoint(), MAINTENANCE, TIMEOUTS)) {
                facts = catalog.server(session);
            } catch (PostgresUnreachable | DataAccessException notOurBusiness) {
                // The missing databases are told already.
            }
        }

        private String fieldOf(Reason reason, String field) {
            return switch (reason) {
                case HOST_UNKNOWN, TIMED_OUT, TOO_MANY_CONNECTIONS, STARTING_UP, OTHER -> field("host");
                case REFUSED -> field("port");
                case AUTHENTICATION -> field("password");
                case TLS -> field("sslMode");
                case DATABASE_MISSING -> field;
            };
        }

        private String field(String part) {
            return TriedCluster.field(side, part);
        }
    }
}
