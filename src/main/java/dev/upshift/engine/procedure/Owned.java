package dev.upshift.engine.procedure;

import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import dev.upshift.shared.Port.Releases;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Ports that ask at every change, at the last moment, for the ownership of a run: between two instructions of a process an
 * hour may pass, in which somebody else has ended the run. A port that a port answers is owned as well.
 */
final class Owned implements InvocationHandler {

    private static final Map<Method, Asking> ASKING = new ConcurrentHashMap<>();

    private final Port real;
    private final Ownership owner;

    private Owned(Port real, Ownership owner) {
        this.real = real;
        this.owner = owner;
    }

    static <T extends Port> T of(Class<T> port, T real, Ownership owner) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, new Owned(real, owner)));
    }

    /** The same set of ports, each of them owned. */
    static <T extends Record> T each(Class<T> set, T ports, Ownership owner) {
        RecordComponent[] components = set.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Port[] owned = new Port[components.length];
            for (int i = 0; i < owned.length; i++) {
                Port port = Port.class.cast(components[i].getAccessor().invoke(ports));
                owned[i] = same(types[i].asSubclass(Port.class), Objects.requireNonNull(port), owner);
            }
            return set.getConstructor(types).newInstance((Object[]) owned);
        } catch (ReflectiveOperationException notASetOfPorts) {
            throw new IllegalArgumentException(set + " is no set of ports", notASetOfPorts);
        }
    }

    private static @Nullable Object owned(Class<?> type, @Nullable Object thing, Ownership owner) {
        return thing instanceof Port port ? same(type.asSubclass(Port.class), port, owner) : thing;
    }

    private static <T extends Port> T same(Class<T> type, Port port, Ownership owner) {
        return of(type, type.cast(port), owner);
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (ASKING.computeIfAbsent(method, Asking::of)) {
            case NOTHING -> {}
            case WHETHER_SURE -> owner.require();
            case WHETHER_CONCLUDING -> {
                if (!owner.mayConclude()) {
                    owner.require();
                }
            }
        }
        try {
            return owned(method.getReturnType(), method.invoke(real, arguments), owner);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private enum Asking {
        NOTHING,
        WHETHER_SURE,
        WHETHER_CONCLUDING;

        static Asking of(Method method) {
            if (method.getDeclaringClass() == Object.class || method.isAnnotationPresent(Looks.class)) {
                return NOTHING;
            }
            return method.isAnnotationPresent(Releases.class) ? WHETHER_CONCLUDING : WHETHER_SURE;
        }
    }
}
