package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.procedure.internal.common.CommonBench;
import dev.upshift.procedure.internal.common.OneAfterTheOther;
import dev.upshift.shared.Endpoint;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** Parts of a switch of which a test brings those that it is about; most others are missing, and nobody reaches for them. */
final class ExampleParts {

    private ExampleParts() {}

    /** Those given; sessions, fences and threads are {@link #sessions} and such as do nothing, unless they are given. */
    static SwitchParts of(Object... given) {
        RecordComponent[] components = SwitchParts.class.getRecordComponents();
        Object[] parts = Arrays.stream(components)
                .map(component -> part(component.getType(), given))
                .toArray();
        try {
            Constructor<SwitchParts> canonical = SwitchParts.class.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return canonical.newInstance(parts);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(changed);
        }
    }

    private static Object part(Class<?> type, Object... given) {
        Stream<Object> usual =
                Stream.of(sessions(), CommonBench.fences(Map.of()), new OneAfterTheOther(), new IdleWatchdogs());
        return Stream.concat(Arrays.stream(given), usual)
                .filter(type::isInstance)
                .findFirst()
                .orElse(null);
    }

    /** Sessions of which nothing can be asked but {@link #isOnSource}. */
    static PostgresSessions sessions() {
        return proxy(PostgresSessions.class, (method, arguments) -> {
            boolean source = ((Endpoint) arguments[0]).host().equals("db-old");
            return proxy(
                    PostgresSession.class,
                    (asked, none) -> asked.equals("backendPid") ? Integer.valueOf(source ? 1 : 2) : null);
        });
    }

    /** Whether one of {@link #sessions} is with the source of an example project. */
    static boolean isOnSource(Object session) {
        return ((PostgresSession) session).backendPid() == 1;
    }

    /** Something of an interface whose every method answers alike. */
    static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName(), arguments)));
    }

    /** What is answered to the method of this name. */
    interface Answer {
        Object to(String method, Object[] arguments);
    }
}
