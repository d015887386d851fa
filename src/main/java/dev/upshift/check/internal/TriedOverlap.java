package dev.upshift.check.internal;

import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.PostgresSessions.Timeouts;
import dev.upshift.postgres.PostgresUnreachable;
import dev.upshift.project.Cluster;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Finds what a draft shares with projects that are not over: the same database of the same cluster, or the same pooler.
 * Two runs would fence, pause and rewrite under each other's hands, and neither would know of the other.
 *
 * <p>Clusters are the same by address, or by the system identifier of those that answer; poolers by address, or by the
 * file of their configuration.
 */
@Component
final class TriedOverlap {

    private static final Timeouts TIMEOUTS = new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(3));

    private final PostgresSessions sessions;
    private final Catalog catalog;

    TriedOverlap(PostgresSessions sessions, Catalog catalog) {
        this.sessions = sessions;
        this.catalog = catalog;
    }

    List<FieldProblem> problems(ProjectDraft draft, List<Project> others) {
        return new Comparison(draft).problems(others);
    }

    private final class Comparison {

        private final ProjectDraft draft;

        /** Of each cluster only once, however many projects there are. */
        private final ConcurrentHashMap<String, Optional<Long>> identifiers = new ConcurrentHashMap<>();

        Comparison(ProjectDraft draft) {
            this.draft = draft;
        }

        List<FieldProblem> problems(List<Project> others) {
            List<FieldProblem> problems = new ArrayList<>();
            for (Project other : others) {
                databases(other, problems);
                poolers(other, problems);
            }
            return problems;
        }

        private void databases(Project other, List<FieldProblem> problems) {
            for (int index = 0; index < draft.databases().size(); index++) {
                String database = draft.databases().get(index);
                String field = "databases[" + index + "]";
                if (other.databases().contains(database)) {
                    sharedSides(other)
                            .findFirst()
                            .ifPresent(side -> problems.add(new FieldProblem(
                                    field,
                                    "The database %s of the %s belongs to the project %s, which is %s. Finish or abandon that one, or remove the database from one of them."
                                            .formatted(
                                                    database,
                                                    side.word(),
                                                    other.slug(),
                                                    other.phase().words()))));
                }
            }
        }

        /** Our sides that are a cluster of the other project, be it on its other side. */
        private Stream<Side> sharedSides(Project other) {
            return Arrays.stream(Side.values())
                    .filter(side -> Arrays.stream(Side.values())
                            .anyMatch(theirs -> isSame(
                                    side == Side.SOURCE ? draft.source() : draft.target(), other.cluster(theirs))));
        }

        private boolean isSame(Cluster ours, Cluster theirs) {
            if (Addresses.meet(ours.endpoint().host(), ours.endpoint().port(), List.of(theirs.endpoint()))) {
                return true;
            }
            Optional<Long> identifier = identifier(ours);
            return identifier.isPresent() && identifier.equals(identifier(theirs));
        }

        private Optional<Long> identifier(Cluster cluster) {
            return identifiers.computeIfAbsent(cluster.endpoint().address(), _ -> asked(cluster));
        }

        private void poolers(Project other, List<FieldProblem> problems) {
            for (int index = 0; index < draft.poolers().size(); index++) {
                PoolerAddress ours = draft.poolers().get(index);
                String field = "poolers[" + index + "].host";
                other.poolers().stream()
                        .filter(theirs -> isSamePooler(ours, theirs))
                        .findFirst()
                        .ifPresent(theirs -> problems.add(new FieldProblem(
                                field,
                                "Pooler %s is pooler %s of the project %s, which is %s: a switch of one would pause and rewrite it under the other. Finish or abandon that one first."
                                        .formatted(
                                                ours.name(),
                                                theirs.name(),
                                                other.slug(),
                                                other.phase().words()))));
            }
        }
    }

    private static boolean isSamePooler(PoolerAddress ours, PoolerAddress theirs) {
        return ours.configuration().equals(theirs.configuration())
                || Addresses.meet(ours.console().host(), ours.console().port(), List.of(theirs.console()));
    }

    /** By its maintenance database, which the draft's own trial has shown to answer, or another project's has once. */
    private Optional<Long> asked(Cluster cluster) {
        try (PostgresSession session = sessions.open(cluster.endpoint(), "postgres", TIMEOUTS)) {
            return Optional.of(catalog.server(session).systemIdentifier());
        } catch (PostgresUnreachable | DataAccessException silent) {
            return Optional.empty();
        }
    }
}
