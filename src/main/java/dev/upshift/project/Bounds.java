package dev.upshift.project;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.function.Function;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

/**
 * Between what a setting has to be, as its constraints say.
 *
 * @param least a {@link Long} or a {@link Duration}, itself allowed; null where there is none
 * @param most likewise
 */
record Bounds(@Nullable Object least, @Nullable Object most) {

    static Bounds of(AnnotatedElement constrained) {
        Object least = found(constrained, Min.class, Min::value);
        Object most = found(constrained, Max.class, Max::value);
        return new Bounds(
                least == null ? found(constrained, DurationMin.class, Bounds::duration) : least,
                most == null ? found(constrained, DurationMax.class, Bounds::duration) : most);
    }

    private static <A extends Annotation> @Nullable Object found(
            AnnotatedElement constrained, Class<A> constraint, Function<A, Object> bound) {
        A found = constrained.getAnnotation(constraint);
        return found == null ? null : bound.apply(found);
    }

    private static Duration duration(DurationMin least) {
        return Duration.ofDays(least.days())
                .plusHours(least.hours())
                .plusMinutes(least.minutes())
                .plusSeconds(least.seconds())
                .plusMillis(least.millis())
                .plusNanos(least.nanos());
    }

    private static Duration duration(DurationMax most) {
        return Duration.ofDays(most.days())
                .plusHours(most.hours())
                .plusMinutes(most.minutes())
                .plusSeconds(most.seconds())
                .plusMillis(most.millis())
                .plusNanos(most.nanos());
    }
}
