package dev.upshift.transfer.internal.closing;

import dev.upshift.engine.Plan.ByHand;
import dev.upshift.engine.Plan.LeftOut;
import dev.upshift.engine.ProcedureName;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.project.Project;
import dev.upshift.records.RaisedFences;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stays on a side that is gone, all of it that could be there: nobody can look. Every statement does no harm where
 * its object is not there, but those about the subscription, which are a transaction of their own, so that an error at one
 * of these is harmless. A transaction that may write passes a soft fence, whatever the session's default is.
 *
 * @param side the one that is gone
 */
record Remains(Project project, Side side, RaisedFences fences) {

    /** Of so many databases an outcome has the statements; the journal has all. */
    private static final int TOLD = 3;

    LeftOut leftOut(String reason) {
        return new LeftOut(
                side,
                project.cluster(side).endpoint().address(),
                reason,
                ProcedureName.confirmationWithout(project.slug(), side),
                project.databases().stream().map(this::phrase).toList(),
                byHand(),
                afterwards());
    }

    /** To follow “left there” or “left on the source”. */
    private String phrase(String database) {
        return "in %s subscription %s, publication and slot %s, schema %s%s"
                .formatted(
                        database,
                        subscription(database),
                        publication(database),
                        HelperSchema.NAME,
                        fence(database).isPresent()
                                ? ", the fence (default_transaction_read_only, with a hard one CONNECTION LIMIT 0 as well)"
                                : "");
    }

    private List<ByHand> byHand() {
        return project.databases().stream()
                .map(database -> new ByHand(database, statements(database), lifting(database)))
                .toList();
    }

    private String statements(String database) {
        String subscription = subscription(database);
        String publication = publication(database);
        return FencedStatements.together("""
                        ALTER SUBSCRIPTION %1$s DISABLE; ALTER SUBSCRIPTION %1$s SET (slot_name = NONE); \
                        DROP SUBSCRIPTION %1$s;\
                        """.formatted(subscription))
                + " "
                + FencedStatements.together("""
                        DROP PUBLICATION IF EXISTS %1$s; \
                        SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '%1$s'; \
                        DROP SCHEMA IF EXISTS %2$s CASCADE;\
                        """.formatted(publication, HelperSchema.NAME));
    }

    private @Nullable String lifting(String database) {
        return fence(database)
                .map(before -> LeftFences.lifting(database, before))
                .orElse(null);
    }

    private Optional<FenceState> fence(String database) {
        return fences.before(project.id(), side, database);
    }

    private String subscription(String database) {
        return LinkNames.link(project.slug(), database, side.other().outbound());
    }

    private String publication(String database) {
        Direction outbound = side.outbound();
        return LinkNames.link(project.slug(), database, outbound);
    }

    /** What is true should it come back. */
    private String afterwards() {
        return "If the %1$s comes back, its subscription's workers try to reach a slot that is gone, fail, and try again: that harms nobody but fills its log. It gets nothing from the %2$s any more. %3$s"
                .formatted(side.word(), side.other().word(), fencing());
    }

    private String fencing() {
        List<String> fenced = project.databases().stream()
                .filter(database -> fence(database).isPresent())
                .toList();
        return fenced.isEmpty()
                ? "No fence of ours keeps anybody from writing there."
                : "It is still fenced: clients that reach it can only read, in %s."
                        .formatted(fenced.stream().limit(TOLD).collect(Collectors.joining(", "))
                                + (fenced.size() > TOLD ? " and %d more".formatted(fenced.size() - TOLD) : ""));
    }

    /** All lines of the journal about it, one for each database and one for each fence. */
    List<String> lines() {
        return project.databases().stream().flatMap(this::lines).toList();
    }

    private Stream<String> lines(String database) {
        String left = "Left on the %s: %s. By hand, in %s: %s"
                .formatted(side.word(), phrase(database), database, statements(database));
        String lifting = lifting(database);
        return lifting == null
                ? Stream.of(left)
                : Stream.of(
                        left,
                        "To lift the fence on %s as well, by hand in another database: %s"
                                .formatted(database, lifting));
    }

    /** For the outcome of a run. */
    String sentences() {
        List<String> databases = project.databases();
        List<String> told = databases.stream().limit(TOLD).flatMap(this::lines).toList();
        String more = databases.size() > TOLD
                ? " And in %d more databases: the journal has all statements, at the step %s."
                        .formatted(databases.size() - TOLD, ClosingScript.NAME_REMAINS)
                : "";
        return "The %s at %s was not reached. %s%s %s"
                .formatted(
                        side.word(),
                        project.cluster(side).endpoint().address(),
                        String.join(" ", told),
                        more,
                        afterwards());
    }
}
