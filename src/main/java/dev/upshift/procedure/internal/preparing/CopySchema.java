package dev.upshift.procedure.internal.preparing;

import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.RecordingPorts;
import dev.upshift.postgres.RoleLevelling;
import dev.upshift.postgres.SchemaCopy;
import dev.upshift.postgres.SchemaCopy.SchemaComparison;
import dev.upshift.postgres.TargetCleaning;
import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.internal.common.GuardBook;
import dev.upshift.procedure.internal.common.HeldBackSchemas;
import dev.upshift.procedure.internal.common.Names;
import dev.upshift.procedure.internal.common.PlannedHeldBackSchemas;
import dev.upshift.procedure.internal.common.SessionPool;
import dev.upshift.procedure.internal.engine.PlanPorts;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.procedure.internal.engine.Script;
import dev.upshift.procedure.internal.engine.Step;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Roles, then the schema of every database, into the target; what slows the initial copy down is held back. */
@Component
final class CopySchema implements Procedure {

    /** The database that every cluster has, for what concerns the whole cluster. */
    static final String MAINTENANCE = "postgres";

    private final PostgresSessions sessions;
    private final Catalog catalog;
    private final SchemaCopy schemaCopy;
    private final RoleLevelling levelling;
    private final TargetCleaning cleaning;
    private final HeldBackSchemas heldBack;
    private final Projects projects;
    private final CopyGuards guards;

    CopySchema(
            PostgresSessions sessions,
            Catalog catalog,
            SchemaCopy schemaCopy,
            RoleLevelling levelling,
            TargetCleaning cleaning,
            HeldBackSchemas heldBack,
            Projects projects,
            CopyGuards guards) {
        this.sessions = sessions;
        this.catalog = catalog;
        this.schemaCopy = schemaCopy;
        this.levelling = levelling;
        this.cleaning = cleaning;
        this.heldBack = heldBack;
        this.projects = projects;
        this.guards = guards;
    }

    @Override
    public ProcedureName name() {
        return ProcedureName.COPY_SCHEMA;
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.DRAFT);
    }

    @Override
    public Examination examine(Project project) {
        GuardBook book = new GuardBook();
        book.look(
                "target-empty-or-same",
                "The target has no objects yet, or the very same.",
                () -> project.databases().stream()
                        .flatMap(database -> objections(project, database).stream())
                        .toList());
        book.look(
                "target-lock-table",
                "The target has room for the locks that making its schema takes.",
                () -> withoutRoom(project));
        try (SessionPool pool = new SessionPool(sessions, project, PostgresSessions.SHORT)) {
            guards.lookAtFunctions(book, project, pool);
            guards.lookAtEventTriggers(book, project, pool);
            guards.lookAtTriggers(book, project, pool);
        }
        return Examination.of(book.results());
    }

    /** A database that has its schema already needs no room. */
    private List<String> withoutRoom(Project project) {
        LockTable locks;
        try (PostgresSession maintenance = open(project, Side.TARGET, MAINTENANCE)) {
            locks = LockTable.of(catalog.settings(maintenance, LockTable.settings()));
        }
        List<String> objections = new ArrayList<>();
        for (String database : project.databases()) {
            try (PostgresSession source = open(project, Side.SOURCE, database)) {
                locks.objection(database, catalog.relations(source))
                        .filter(tooMany -> compare(project, database).targetEmpty())
                        .ifPresent(objections::add);
            }
        }
        return objections;
    }

    private List<String> objections(Project project, String database) {
        SchemaComparison comparison = compare(project, database);
        return comparison.targetEmpty() || comparison.isSame()
                ? List.of()
                : List.of(
                        "%s on the target is neither empty nor the same as on the source: %s. Drop it, or make it equal."
                                .formatted(database, Names.some(comparison.differences())));
    }

    /**
     * A database that the target lacks counts as empty. One that an earlier run has filled and had to leave need not have
     * yet what was held back there.
     */
    SchemaComparison compare(Project project, String database) {
        try (PostgresSession source = open(project, Side.SOURCE, database);
                PostgresSession maintenance = open(project, Side.TARGET, MAINTENANCE)) {
            if (!catalog.databaseExists(maintenance, database)) {
                return new SchemaComparison(true, List.of());
            }
            try (PostgresSession target = open(project, Side.TARGET, database)) {
                return schemaCopy.compare(source, target, isKept(project, database));
            }
        }
    }

    /** Whether something is held back for the database, by this run or by an earlier one. */
    boolean isKept(Project project, String database) {
        return heldBack.databases(project.id()).contains(database);
    }

    boolean hasDatabase(PostgresSession session, String database) {
        return catalog.databaseExists(session, database);
    }

    PostgresSession open(Project project, Side side, String database) {
        return sessions.open(project.cluster(side).endpoint(), database, PostgresSessions.SHORT);
    }

    @Override
    public Optional<Script> recording(Project project, PlanPorts ports) {
        RecordingPorts servers = ports.servers();
        CopySchema recording = new CopySchema(
                servers.sessions(),
                servers.catalog(),
                servers.schemaCopy(),
                levelling,
                cleaning,
                new PlannedHeldBackSchemas(heldBack),
                ports.projects(),
                guards);
        return Optional.of(recording.script(project));
    }

    @Override
    public Script script(Project project) {
        CopySchemaSteps steps = new CopySchemaSteps(project, this, schemaCopy, levelling, cleaning, heldBack, projects);
        return new Copying(steps.all(), steps::left);
    }

    /** @param left the databases that have kept what was restored there */
    private record Copying(List<Step> steps, Supplier<List<String>> left) implements Script {

        @Override
        public String success() {
            return "Roles and schema are on the target; secondary indexes and foreign keys follow once the data is there.";
        }

        @Override
        public String aborted(String reason, Predicate<Step> begun) {
            List<String> databases = left.get();
            return databases.isEmpty()
                    ? reason
                    : reason
                            + (" The schema that was restored into %s on the target stays there, with the roles that were"
                                            + " created for it, because such a database was there before and is not ours"
                                            + " to drop. Copy the schema again to go on from there; or drop the database"
                                            + " and create it again, empty.")
                                    .formatted(Names.some(databases));
        }
    }
}
