package dev.upshift.matrix;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.internal.run.EngineBench;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.engine.procedure.Ownership;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Script;
import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.PoolerClients;
import dev.upshift.pooler.PoolerFleets;
import dev.upshift.pooler.PoolerPorts;
import dev.upshift.pooler.PoolerProcesses;
import dev.upshift.postgres.ServerPorts;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.EventTriggers;
import dev.upshift.postgres.catalog.Questions;
import dev.upshift.postgres.catalog.Statistics;
import dev.upshift.postgres.fence.Fence;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.WorkerErrors;
import dev.upshift.postgres.role.RoleLevelling;
import dev.upshift.postgres.role.Roles;
import dev.upshift.postgres.schema.SchemaCopy;
import dev.upshift.postgres.schema.TargetCleaning;
import dev.upshift.postgres.sequence.Sequences;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import dev.upshift.records.HeldBackSchemas;
import dev.upshift.records.LinkRecords;
import dev.upshift.records.MemoryFences;
import dev.upshift.records.RaisedFences;
import dev.upshift.records.Records;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Side;
import dev.upshift.shared.Timing;
import dev.upshift.switchover.internal.SwitchBench;
import dev.upshift.switchover.internal.rehearsal.RehearsalBench;
import dev.upshift.transfer.internal.closing.ClosingBench;
import dev.upshift.transfer.internal.copy.ReplicateBench;
import dev.upshift.transfer.internal.schema.SchemaBench;
import dev.upshift.verification.internal.procedure.VerifyingBench;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A world with an upgrade going on in it: runs of the real procedures, in control planes that may die. */
final class Upgrade {
    final World world;
    final Alarm alarm = new Alarm();
    private Trouble trouble = Trouble.NONE;
    private ProcedureName name = ProcedureName.COPY_SCHEMA;
    private EngineBench bench;
    private EngineBench nextBench;
    private ControlPlane plane;
    private ControlPlane.Count count = new ControlPlane.Count();
    private int processes;

    /** The side that the next runs are confirmed to go on without. */
    @Nullable Side without;

    Upgrade(boolean hardFence) {
        world = new World(hardFence);
        bench = new EngineBench(world.clock, world.waiting);
        nextBench = new EngineBench(world.clock, world.waiting);
        plane = new ControlPlane(world, trouble, count, 0);
    }

    /** Does all of these without trouble. */
    Upgrade after(ProcedureName... procedures) {
        for (ProcedureName procedure : procedures) {
            run(procedure, Trouble.NONE);
            if (run().status() != RunStatus.SUCCEEDED) {
                throw new AssertionError(procedure + " without any trouble: " + run().outcome());
            }
        }
        world.traffic.atHome(world.project().servingSide());
        return this;
    }

    /** Starts a run and waits until it stands still or its control plane is dead. */
    Run run(ProcedureName procedure, Trouble inIt) {
        name = procedure;
        trouble = inIt;
        processes = 0;
        bench = nextBench;
        nextBench = new EngineBench(world.clock, world.waiting);
        return process(() -> bench.start(procedure(), world.project(), without, ports(), plane::moment));
    }

    /** The next run's write of this number, from 0, is refused. */
    void refuse(int write) {
        nextBench.refuse(number(write));
    }

    /** The next run's write of this number, from 0, is committed without an answer. */
    void loseAnswer(int write) {
        nextBench.loseAnswer(number(write));
    }

    private static Predicate<List<JournalEntry>> number(int wanted) {
        int[] next = {0};
        return entries -> next[0]++ == wanted;
    }

    /** A new control plane takes the run up. */
    Run takeUp() {
        return process(() -> bench.takeUp(procedure(), world.project(), ports(), plane::moment));
    }

    private Run process(Runnable begin) {
        count = new ControlPlane.Count();
        plane = new ControlPlane(world, trouble, count, processes++);
        try {
            begin.run();
        } catch (Death dead) {
            // before its thread began
        }
        bench.await();
        plane.die(); // whatever it left behind does nothing any more
        return run();
    }

    /** Nothing goes wrong from here on. */
    void heal() {
        trouble = Trouble.NONE;
        bench.refuse(entries -> false);
        bench.loseAnswer(entries -> false);
        world.poolers.forEach(pooler -> pooler.answers = true);
        world.servers().forEach(Server::comeBack);
        world.servers().forEach(server -> server.databases.values().forEach(database -> database.holders.clear()));
    }

    /** Whether a moment comes right after something that lasts; right before the next one is the same moment. */
    static boolean lasts(String moment) {
        return moment.startsWith("after ") || moment.startsWith("within ");
    }

    /** For the message of an assertion. */
    String explain(String how) {
        return "%s – %s: %s – journal: %s, workers: %s"
                .formatted(how, run().status(), run().outcome(), bench.journal(), world.complaints());
    }

    /** A new control plane takes up what a dead one has left, if it left anything; answers what it went through. */
    List<String> momentsOfRecovery() {
        if (run().status().isOver()) {
            return List.of();
        }
        takeUp();
        return count.moments;
    }

    /** The cause is gone, and somebody presses the button. */
    void continueIfBlocked() {
        heal();
        if (run().status() == RunStatus.BLOCKED) {
            takeUp();
        }
    }

    /** Goes on with fresh control planes until the run is over; gives up after a few. */
    Run recover() {
        for (int attempt = 0; !run().status().isOver() && attempt < 4; attempt++) {
            takeUp();
        }
        return run();
    }

    Run run() {
        return bench.run();
    }

    EngineBench bench() {
        return bench;
    }

    /** What the present control plane has done so far. */
    ControlPlane.Count count() {
        return count;
    }

    /** What a fresh control plane sees that is asked for a plan. */
    Procedure.Examination examine(ProcedureName procedure) {
        turnTo(procedure);
        return procedure().examine(world.project(), ports());
    }

    Procedure procedure() {
        return procedures().stream()
                .filter(procedure -> procedure.name() == name)
                .findFirst()
                .orElseThrow();
    }

    /** What is asked for next is of this procedure, in a fresh control plane without trouble. */
    void turnTo(ProcedureName procedure) {
        name = procedure;
        count = new ControlPlane.Count();
        plane = new ControlPlane(world, Trouble.NONE, count, 0);
    }

    /** What a run of the present procedure consists of. */
    Script script(Project project) {
        return script(project, Ownership.UNDISPUTED);
    }

    /** The same, for whoever has or had the right to perform it. */
    Script script(Project project, Ownership owner) {
        return procedure().script(project, Optional.ofNullable(without), EngineBench.owned(ports(), owner));
    }

    private List<Procedure> procedures() {
        List<Procedure> all = new ArrayList<>();
        all.addAll(SwitchBench.procedures());
        all.add(RehearsalBench.rehearsal(world.clock));
        all.add(SchemaBench.copySchema());
        all.add(ReplicateBench.replicate());
        all.addAll(ClosingBench.procedures());
        all.add(VerifyingBench.verify(new NothingToCompare(world)));
        return all;
    }

    /** The world as the present control plane sees it. */
    private Ports ports() {
        Sessions opened = new Sessions(plane);
        SimulatedFleets ways = new SimulatedFleets(plane);
        SimulatedCleaning cleaning = new SimulatedCleaning();
        Metadata metadata = new Metadata(world);
        return new Ports(
                new ServerPorts(
                        seen(PostgresSessions.class, opened),
                        seen(Catalog.class, new SimulatedCatalog()),
                        seen(Links.class, new SimulatedLinks(plane)),
                        seen(Sequences.class, new SimulatedSequences()),
                        seen(Fence.class, new SimulatedFence(opened)),
                        seen(HelperSchema.class, new SimulatedHelperSchema()),
                        seen(SchemaCopy.class, new SimulatedSchemaCopy(plane)),
                        seen(
                                RoleLevelling.class,
                                (source, target) -> new RoleLevelling.Levelled(List.of(), List.of(), true)),
                        seen(TargetCleaning.class, cleaning),
                        seen(Statistics.class, cleaning),
                        seen(Roles.class, new SimulatedRoles()),
                        seen(EventTriggers.class, SimulatedRoles::firing),
                        seen(WorkerErrors.class, new ReplicateBench.NothingFails()),
                        ExamplePorts.missing(Questions.class)),
                new PoolerPorts(
                        seen(PoolerFleets.class, ways),
                        stores(),
                        seen(PoolerClients.class, ways),
                        seen(PoolerProcesses.class, poolers -> world.processes)),
                new Records(
                        seen(LinkRecords.class, new SimulatedRecords(world)),
                        seen(RaisedFences.class, new MemoryFences(world.raisedFences)),
                        seen(HeldBackSchemas.class, metadata)),
                seen(Projects.class, metadata),
                new Timing(world.waiting, new OneByOne(), alarm::executor, true),
                Ownership.UNDISPUTED);
    }

    private <T> T seen(Class<T> type, T real) {
        return Moments.of(type, real, plane);
    }

    private ConfigurationStores stores() {
        ConfigurationStore store = seen(ConfigurationStore.class, new SimulatedStore(world));
        return new ConfigurationStores() {
            @Override
            public ConfigurationStore of(ConfigurationLocation location) {
                return store;
            }

            @Override
            public List<String> types() {
                return List.of(store.type());
            }
        };
    }
}
