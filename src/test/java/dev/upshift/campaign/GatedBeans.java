package dev.upshift.campaign;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.internal.record.Journal;
import dev.upshift.engine.procedure.Ownership;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.Step;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Puts a gate around every step of every procedure and behind every write to the journal, without the product's doing:
 * procedures, scripts, steps and the journal are interfaces, and each is stood in for by a proxy that passes everything
 * on.
 */
final class GatedBeans implements BeanPostProcessor {

    private final Gate gate;

    GatedBeans(Gate gate) {
        this.gate = gate;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof Procedure) {
            return standIn(Procedure.class, bean, this::procedure);
        }
        return bean instanceof Journal ? standIn(Journal.class, bean, this::journal) : bean;
    }

    private Object procedure(Object procedure, Method method, @Nullable Object[] arguments) throws Throwable {
        Object answer = call(procedure, method, arguments);
        return answer instanceof Script script && isOfARun(arguments) ? gated(script) : answer;
    }

    /** A plan performs the very same steps, over ports that belong to nobody. */
    @SuppressWarnings("ReferenceEquality") // there is one
    private static boolean isOfARun(@Nullable Object[] arguments) {
        return Stream.of(arguments)
                .anyMatch(argument -> argument instanceof Ports ports && ports.ownership() != Ownership.UNDISPUTED);
    }

    private Script gated(Script script) {
        List<Step> steps = script.steps().stream().map(this::gated).toList();
        return (Script) standIn(
                Script.class,
                script,
                (target, method, arguments) ->
                        method.getName().equals("steps") ? steps : call(target, method, arguments));
    }

    private Step gated(Step step) {
        return (Step) standIn(Step.class, step, this::step);
    }

    private Object step(Object target, Method method, @Nullable Object[] arguments) throws Throwable {
        String name = ((Step) target).name();
        return switch (method.getName()) {
            case "perform" -> between(name, Moment.BEFORE, Moment.AFTER, target, method, arguments);
            case "undo" -> between(name, Moment.BEFORE_UNDO, Moment.AFTER_UNDO, target, method, arguments);
            default -> call(target, method, arguments);
        };
    }

    private Object between(
            String step, Moment before, Moment after, Object target, Method method, @Nullable Object[] arguments)
            throws Throwable {
        gate.pass(before, step);
        Object answer = call(target, method, arguments);
        gate.pass(after, step);
        return answer;
    }

    private Object journal(Object journal, Method method, @Nullable Object[] arguments) throws Throwable {
        Object answer = call(journal, method, arguments);
        for (Object argument : arguments == null ? new Object[0] : arguments) {
            if (argument instanceof Collection<?> entries) {
                entries.forEach(this::journaled);
            }
        }
        return answer;
    }

    private void journaled(Object row) {
        if (row instanceof JournalEntry entry && entry.event() == JournalEntry.Event.SUCCEEDED) {
            gate.pass(Moment.JOURNALED, entry.step());
        }
    }

    private static Object call(Object target, Method method, @Nullable Object[] arguments) throws Throwable {
        method.setAccessible(true);
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @SuppressWarnings("ReferenceEquality") // a stand-in equals itself alone
    private static Object standIn(Class<?> type, Object target, Gated gated) {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> gated.invoke(target, method, arguments);
        };
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    /** As an invocation handler, with the target in the place of the proxy. */
    private interface Gated {
        @Nullable Object invoke(Object target, Method method, @Nullable Object[] arguments) throws Throwable;
    }
}
