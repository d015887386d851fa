package dev.upshift.transfer.internal.copy;

import dev.upshift.check.replication.AlwaysTriggerGuard;
import dev.upshift.check.replication.IdentityGuards;
import dev.upshift.check.replication.NotCarriedLook;
import dev.upshift.check.replication.RowSecurityGuard;
import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.Catalog.ServerFacts;
import dev.upshift.postgres.Catalog.TableFacts;
import dev.upshift.project.Project;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.transfer.internal.schema.CopyGuards;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Looks at what the initial copy and replication must not start without. */
final class ReplicateGuards {

    private final Project project;
    private final Ports ports;
    private final Catalog catalog;
    private final SessionPool pool;
    private final CopyGuards copy;

    ReplicateGuards(Project project, Ports ports, SessionPool pool, CopyGuards copy) {
        this.project = project;
        this.ports = ports;
        this.catalog = ports.servers().catalog();
        this.pool = pool;
        this.copy = copy;
    }

    void look(GuardBook book) {
        if (book.look("servers-reachable", "Both sides answer.", this::connect)) {
            book.look("wal-level", "The source writes logical WAL.", this::walLevel);
            book.look("capacity", "The source has room for the slots.", this::capacity);
            new IdentityGuards(project, catalog, pool, FanOut.inTurn()).look(book);
            new RowSecurityGuard(project, catalog, pool).look(book);
            new AlwaysTriggerGuard(project, catalog, pool).look(book);
            book.look("target-has-tables", "The target has every table.", () -> each(this::missing));
            book.look("target-empty", "The target's tables are empty.", () -> each(this::filled));
            book.tell(
                    "not-carried",
                    "The source has nothing that is not carried.",
                    () -> new NotCarriedLook(project, catalog, pool).on(Side.SOURCE));
            copy.look(book, project, pool);
        }
    }

    private List<String> each(Function<String, List<String>> look) {
        return project.databases().stream()
                .flatMap(database -> look.apply(database).stream())
                .toList();
    }

    private List<String> connect() {
        project.databases().forEach(database -> {
            pool.work(Side.SOURCE, database);
            pool.work(Side.TARGET, database);
        });
        return List.of();
    }

    private ServerFacts source() {
        return catalog.server(pool.work(Side.SOURCE, project.databases().getFirst()));
    }

    private List<String> walLevel() {
        String level = source().walLevel();
        return "logical".equals(level)
                ? List.of()
                : List.of("The source has wal_level = " + level + "; set it to logical and restart it.");
    }

    private List<String> capacity() {
        ServerFacts facts = source();
        int needed = project.databases().size() + 1; // one more for table copies that run beside
        return facts.freeSlots() < needed || facts.freeSenders() < needed
                ? List.of(
                        "The source has %d free slots and %d free WAL senders; %d are needed. Raise max_replication_slots or max_wal_senders."
                                .formatted(facts.freeSlots(), facts.freeSenders(), needed))
                : List.of();
    }

    private List<String> missing(String database) {
        Set<TableName> present = new HashSet<>();
        catalog.tables(pool.work(Side.TARGET, database)).forEach(table -> present.add(table.name()));
        List<TableName> missing = new ArrayList<>();
        Replicate.replicated(catalog, pool.work(Side.SOURCE, database), true).stream()
                .map(TableFacts::name)
                .filter(name -> !present.contains(name))
                .forEach(missing::add);
        return missing.isEmpty()
                ? List.of()
                : List.of("%s: the target lacks %s; create it there.".formatted(database, Names.some(missing)));
    }

    private List<String> filled(String database) {
        List<TableName> filled = ports.servers().targetCleaning().tablesWithRows(pool.work(Side.TARGET, database));
        return filled.isEmpty()
                ? List.of()
                : List.of(
                        "%s: %s on the target holds rows already, which would collide with the copy for ever; TRUNCATE it."
                                .formatted(database, Names.some(filled)));
    }
}
