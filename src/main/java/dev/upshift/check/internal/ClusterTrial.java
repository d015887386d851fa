package dev.upshift.check.internal;

import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.Catalog.ServerFacts;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.PostgresSessions.Timeouts;
import dev.upshift.postgres.PostgresUnreachable;
import dev.upshift.project.Cluster;
import dev.upshift.project.InvalidProject.FieldProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Signs in to a cluster and looks whether it can take part in an upgrade. */
@Component
final class ClusterTrial {

    private static final Timeouts TIMEOUTS = new Timeouts(Duration.ofSeconds(4), Duration.ofSeconds(4));

    /** Exists on every cluster unless somebody dropped it on purpose. */
    private static final String MAINTENANCE = "postgres";

    private final PostgresSessions sessions;
    private final Catalog catalog;

    ClusterTrial(PostgresSessions sessions, Catalog catalog) {
        this.sessions = sessions;
        this.catalog = catalog;
    }

    /** The source must have every database and let us into each. */
    ClusterAnswer source(Cluster cluster, List<String> databases) {
        return new Attempt("source", cluster, databases, true).answer();
    }

    /** The target need not have the databases yet; those that it has must let us in. */
    ClusterAnswer target(Cluster cluster, List<String> databases) {
        return new Attempt("target", cluster, databases, false).answer();
    }

    private final class Attempt {

        private final String side;
        private final Cluster cluster;
        private final List<String> databases;
        private final boolean databasesNeeded;
        private final List<FieldProblem> problems = new ArrayList<>();
        private @Nullable ServerFacts facts;

        Attempt(String side, Cluster cluster, List<String> databases, boolean databasesNeeded) {
            this.side = side;
            this.cluster = cluster;
            this.databases = databases;
            this.databasesNeeded = databasesNeeded;
        }

        ClusterAnswer answer() {
            boolean serverAnswers = true;
            for (Map.Entry<String, String> database : candidates().entrySet()) {
                serverAnswers = serverAnswers && tried(database.getKey(), database.getValue());
            }
            if (serverAnswers && facts == null) {
                peek();
            }
            ServerFacts seen = facts;
            if (seen != null) {
                problems.addAll(ServerRules.problems(side, cluster.endpoint(), seen));
            }
            return new ClusterAnswer(List.copyOf(problems), seen);
        }

        /** Databases to sign in to, each with the field that named it. */
        private Map<String, String> candidates() {
            Map<String, String> candidates = new LinkedHashMap<>();
            if (!databasesNeeded) {
                candidates.put(MAINTENANCE, side + ".host");
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
                if (e.reason() == PostgresUnreachable.Reason.DATABASE_MISSING) {
                    if (databasesNeeded) {
                        problems.add(new FieldProblem(field, messageOf(e)));
                    }
                    return true;
                }
                problems.add(new FieldProblem(fieldOf(e.reason(), field), messageOf(e)));
                return false;
            } catch (DataAccessException e) {
                problems.add(new FieldProblem(
                        side + ".username",
                        "The %s at %s let user %s in, but could not be examined: %s"
                                .formatted(
                                        side,
                                        cluster.endpoint().address(),
                                        cluster.endpoint().username(),
                                        e.getMostSpecificCause().getMessage())));
                return false;
            }
        }

        /** None of the databases exists; what else is wrong with the server is worth telling at the same time. */
        private void peek() {
            try (PostgresSession session = sessions.open(cluster.endpoint(), MAINTENANCE, TIMEOUTS)) {
                facts = catalog.server(session);
            } catch (PostgresUnreachable | DataAccessException notOurBusiness) {
                // The missing databases are told already.
            }
        }

        private String fieldOf(PostgresUnreachable.Reason reason, String field) {
            return switch (reason) {
                case HOST_UNKNOWN, TIMED_OUT, TOO_MANY_CONNECTIONS, STARTING_UP, OTHER -> side + ".host";
                case REFUSED -> side + ".port";
                case AUTHENTICATION -> side + ".password";
                case TLS -> side + ".sslMode";
                case DATABASE_MISSING -> field;
            };
        }

        private static String messageOf(PostgresUnreachable e) {
            return String.valueOf(e.getMessage());
        }
    }
}
