package dev.upshift.matrix;

import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Port.Looks;
import dev.upshift.shared.Side;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.StringJoiner;

/** Puts a control plane's moments and troubles between its steps and the world. */
final class Moments {

    private Moments() {}

    /** The same, seen from this control plane. */
    static <T> T of(Class<T> type, T real, ControlPlane plane) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(real, arguments);
            }
            if (method.isDefault()) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            String name = type.getSimpleName() + "." + method.getName() + where(arguments);
            return method.isAnnotationPresent(Looks.class)
                    ? plane.look(name, () -> invoke(real, method, arguments))
                    : plane.change(name, () -> invoke(real, method, arguments));
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object real, Method method, Object[] arguments) {
        try {
            if (arguments != null) {
                for (Object argument : arguments) {
                    if (argument instanceof Session session) {
                        session.requireOpen();
                    }
                }
            }
            method.setAccessible(true);
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String where(Object[] arguments) {
        StringJoiner where = new StringJoiner(" ", " ", "").setEmptyValue("");
        if (arguments != null) {
            for (Object argument : arguments) {
                switch (argument) {
                    case Session session -> where.add(session.toString());
                    case PoolerAddress pooler -> where.add(pooler.name());
                    case ConfigurationLocation location -> where.add(location.path());
                    case Side side -> where.add(side.word());
                    case String text when text.length() < 12 || text.startsWith("upshift_") -> where.add(text);
                    case null, default -> {
                        // says nothing about where
                    }
                }
            }
        }
        return where.toString();
    }
}
