package dev.upshift.procedure.internal.switching;

import dev.upshift.monitoring.Monitoring;
import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.PoolerClients;
import dev.upshift.pooler.PoolerFleets;
import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.Fence;
import dev.upshift.postgres.Fence.FenceState;
import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.Links;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.Sequences;
import dev.upshift.procedure.internal.common.Concurrently;
import dev.upshift.procedure.internal.common.LinkBarrier;
import dev.upshift.procedure.internal.common.LinkRecords;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.project.Projects;
import dev.upshift.shared.Side;
import dev.upshift.shared.Waiting;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** The real cutover, rollback and rehearsal, over the ports of a test. Their guards are no part of it. */
public final class SwitchBench {

    private SwitchBench() {}

    /**
     * @param fences what fenced databases had before
     * @param seen puts itself between the steps and {@code fences}
     */
    @SuppressWarnings("TooManyParameters") // the parts of a switch, one by one
    public static List<Procedure> procedures(
            PostgresSessions sessions,
            Catalog catalog,
            Links links,
            Sequences sequences,
            Fence fence,
            HelperSchema helperSchema,
            PoolerFleets fleets,
            PoolerClients clients,
            ConfigurationStores stores,
            Map<String, FenceState> fences,
            Between seen,
            LinkBarrier barrier,
            Concurrently concurrently,
            ScheduledExecutorService watchdog,
            Projects projects,
            LinkRecords records,
            Clock clock,
            Waiting waiting) {
        SwitchParts parts = new SwitchParts(
                sessions,
                catalog,
                links,
                sequences,
                fence,
                helperSchema,
                fleets,
                clients,
                stores,
                new PoolerChanges(stores),
                seen.put(RaisedFences.class, new MemoryFences(fences)),
                barrier,
                concurrently,
                () -> watchdog,
                projects,
                records,
                waiting);
        SwitchProcedures procedures = new SwitchProcedures();
        return List.of(
                procedures.cutover(parts, null),
                procedures.rollback(parts, null),
                new RehearsalProcedure(parts, null, nothingSampled(), clock));
    }

    private static Monitoring nothingSampled() {
        return (Monitoring) Proxy.newProxyInstance(
                Monitoring.class.getClassLoader(),
                new Class<?>[] {Monitoring.class},
                (proxy, method, arguments) -> List.of());
    }

    /** Puts something between a port and its user. */
    public interface Between {
        <T> T put(Class<T> type, T real);
    }

    private record MemoryFences(Map<String, FenceState> fences) implements RaisedFences {

        private static String key(Side side, String database) {
            return side.word() + "/" + database;
        }

        @Override
        public void keep(long project, Side side, String database, FenceState before) {
            fences.putIfAbsent(key(side, database), before);
        }

        @Override
        public Optional<FenceState> before(long project, Side side, String database) {
            return Optional.ofNullable(fences.get(key(side, database)));
        }

        @Override
        public void forget(long project, Side side, String database) {
            fences.remove(key(side, database));
        }
    }
}
