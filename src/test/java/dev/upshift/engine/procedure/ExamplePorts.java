package dev.upshift.engine.procedure;

import dev.upshift.pooler.PoolerPorts;
import dev.upshift.postgres.ServerPorts;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Projects;
import dev.upshift.records.MemoryFences;
import dev.upshift.records.Records;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.Timing;
import dev.upshift.shared.Waiting;
import dev.upshift.shared.Watchdogs;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ports of which a test brings those that it is about; most others are missing, and refuse whoever reaches for them. */
public final class ExamplePorts {

    private ExamplePorts() {}

    /**
     * Those given; sessions, fences and threads are {@link #sessions} and such as do nothing, unless they are given.
     *
     * @param given ports, a {@link Waiting} or a whole {@link Timing}, an {@link Ownership}
     */
    public static Ports of(Object... given) {
        Waiting waiting = one(Waiting.class, given);
        Timing timing = one(Timing.class, given);
        Ownership ownership = one(Ownership.class, given);
        return new Ports(
                set(ServerPorts.class, given),
                set(PoolerPorts.class, given),
                set(Records.class, given),
                Projects.class.cast(usual(Projects.class, given)),
                timing == null ? new Timing(waiting, FanOut.inTurn(), Watchdogs.onPlatformThreads(), true) : timing,
                ownership == null ? Ownership.UNDISPUTED : ownership);
    }

    private static <T extends Record> T set(Class<T> type, Object... given) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] ports = Arrays.stream(components)
                .map(component -> usual(component.getType(), given))
                .toArray();
        try {
            return type.getConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(ports);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(changed);
        }
    }

    private static Object usual(Class<?> type, Object... given) {
        return Stream.concat(Arrays.stream(given), Stream.of(sessions(), new MemoryFences(Map.of())))
                .filter(type::isInstance)
                .findFirst()
                .orElseGet(() -> missing(type));
    }

    /** One that refuses whoever reaches for it. */
    public static <T> T missing(Class<T> type) {
        return proxy(type, (method, arguments) -> {
            throw new UnsupportedOperationException(type.getSimpleName() + "." + method);
        });
    }

    private static <T> @Nullable T one(Class<T> type, Object... given) {
        return Arrays.stream(given)
                .filter(type::isInstance)
                .findFirst()
                .map(type::cast)
                .orElse(null);
    }

    /** Sessions of which nothing can be asked but {@link #isOnSource}. */
    public static PostgresSessions sessions() {
        return proxy(PostgresSessions.class, (method, arguments) -> {
            boolean source = ((Endpoint) arguments[0]).host().equals("db-old");
            return proxy(
                    PostgresSession.class,
                    (asked, none) -> asked.equals("backendPid") ? Integer.valueOf(source ? 1 : 2) : null);
        });
    }

    /** Whether one of {@link #sessions} is with the source of an example project. */
    public static boolean isOnSource(Object session) {
        return ((PostgresSession) session).backendPid() == 1;
    }

    /** Something of an interface whose every method answers alike. */
    public static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName(), arguments)));
    }

    /** What is answered to the method of this name. */
    @FunctionalInterface
    public interface Answer {
        Object to(String method, Object[] arguments);
    }
}
