package dev.upshift.procedure.internal.preparing;

import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.Catalog.ServerFacts;
import dev.upshift.postgres.Catalog.TableFacts;
import dev.upshift.postgres.Catalog.TableFacts.Kind;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.internal.common.AlwaysTriggerGuard;
import dev.upshift.procedure.internal.common.GuardBook;
import dev.upshift.procedure.internal.common.IdentityGuards;
import dev.upshift.procedure.internal.common.Names;
import dev.upshift.procedure.internal.common.NotCarriedLook;
import dev.upshift.procedure.internal.common.OneAfterTheOther;
import dev.upshift.procedure.internal.common.RowSecurityGuard;
import dev.upshift.procedure.internal.common.SessionPool;
import dev.upshift.procedure.internal.engine.PlanPorts;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.procedure.internal.engine.Script;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Publication, subscription, initial copy, then the held-back indexes, then statistics. */
@Component
final class Replicate implements Procedure {

    private final ReplicateParts parts;
    private final CopyGuards copy;

    Replicate(ReplicateParts parts, CopyGuards copy) {
        this.parts = parts;
        this.copy = copy;
    }

    @Override
    public ProcedureName name() {
        return ProcedureName.REPLICATE;
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.SCHEMA_COPIED);
    }

    @Override
    public Examination examine(Project project) {
        try (SessionPool pool = new SessionPool(parts.sessions(), project, PostgresSessions.SHORT)) {
            GuardBook book = new GuardBook();
            if (book.look("servers-reachable", "Both sides answer.", () -> connect(project, pool))) {
                book.look("wal-level", "The source writes logical WAL.", () -> walLevel(project, pool));
                book.look("capacity", "The source has room for the slots.", () -> capacity(project, pool));
                new IdentityGuards(project, parts.catalog(), pool, new OneAfterTheOther()).look(book);
                new RowSecurityGuard(project, parts.catalog(), pool).look(book);
                new AlwaysTriggerGuard(project, parts.catalog(), pool).look(book);
                book.look(
                        "target-has-tables",
                        "The target has every table.",
                        () -> each(project, database -> missing(pool, database)));
                book.look(
                        "target-empty",
                        "The target's tables are empty.",
                        () -> each(project, database -> filled(pool, database)));
                book.tell(
                        "not-carried",
                        "The source has nothing that is not carried.",
                        () -> new NotCarriedLook(project, parts.catalog(), pool).on(Side.SOURCE));
                copy.look(book, project, pool);
            }
            return Examination.of(book.results());
        }
    }

    private static List<String> each(Project project, Function<String, List<String>> look) {
        return project.databases().stream()
                .flatMap(database -> look.apply(database).stream())
                .toList();
    }

    private static List<String> connect(Project project, SessionPool pool) {
        project.databases().forEach(database -> {
            pool.work(Side.SOURCE, database);
            pool.work(Side.TARGET, database);
        });
        return List.of();
    }

    private ServerFacts source(Project project, SessionPool pool) {
        return parts.catalog().server(pool.work(Side.SOURCE, project.databases().getFirst()));
    }

    private List<String> walLevel(Project project, SessionPool pool) {
        String level = source(project, pool).walLevel();
        return "logical".equals(level)
                ? List.of()
                : List.of("The source has wal_level = " + level + "; set it to logical and restart it.");
    }

    private List<String> capacity(Project project, SessionPool pool) {
        ServerFacts facts = source(project, pool);
        int needed = project.databases().size() + 1; // one more for table copies that run beside
        return facts.freeSlots() < needed || facts.freeSenders() < needed
                ? List.of(
                        "The source has %d free slots and %d free WAL senders; %d are needed. Raise max_replication_slots or max_wal_senders."
                                .formatted(facts.freeSlots(), facts.freeSenders(), needed))
                : List.of();
    }

    private List<String> missing(SessionPool pool, String database) {
        Set<TableName> present = new HashSet<>();
        parts.catalog().tables(pool.work(Side.TARGET, database)).forEach(table -> present.add(table.name()));
        List<TableName> missing = new ArrayList<>();
        replicated(parts.catalog(), pool.work(Side.SOURCE, database), true).stream()
                .map(TableFacts::name)
                .filter(name -> !present.contains(name))
                .forEach(missing::add);
        return missing.isEmpty()
                ? List.of()
                : List.of("%s: the target lacks %s; create it there.".formatted(database, Names.some(missing)));
    }

    private List<String> filled(SessionPool pool, String database) {
        List<TableName> filled = parts.targetCleaning().tablesWithRows(pool.work(Side.TARGET, database));
        return filled.isEmpty()
                ? List.of()
                : List.of(
                        "%s: %s on the target holds rows already, which would collide with the copy for ever; TRUNCATE it."
                                .formatted(database, Names.some(filled)));
    }

    /**
     * The tables whose changes travel: ordinary ones and partitioned ones, not unlogged ones.
     *
     * @param partitions whether partitions are listed too; a publication names only their root
     */
    static List<TableFacts> replicated(Catalog catalog, PostgresSession session, boolean partitions) {
        return catalog.tables(session).stream()
                .filter(table -> !table.unlogged())
                .filter(table -> partitions || table.kind() != Kind.PARTITION)
                .toList();
    }

    @Override
    public Script script(Project project) {
        return new ReplicateScript(project, parts);
    }

    @Override
    public Optional<Script> recording(Project project, PlanPorts ports) {
        return Optional.of(new ReplicateScript(project, parts.recording(ports)));
    }
}
