package dev.upshift.dashboard.web.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.ResolvableType;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * What is wrong with a JSON body, or with the address, in words for who wrote it. Values are never repeated: they may be
 * passwords.
 *
 * @param field the path of the field at fault, e.g. {@code poolers[0].port}; empty when the body is no JSON at all
 */
record UnreadableJson(String field, String message) {

    static UnreadableJson of(JacksonException exception) {
        String field = path(exception.getPath());
        return switch (exception) {
            case UnrecognizedPropertyException unknown ->
                new UnreadableJson(
                        field,
                        "There is no field " + unknown.getPropertyName() + " here; there are "
                                + known(unknown.getKnownPropertyIds()) + ".");
            case MismatchedInputException mismatch
            when !field.isEmpty() ->
                new UnreadableJson(field, field + " needs " + expected(mismatch.getTargetType()) + ".");
            default ->
                new UnreadableJson(field, "The body is not the JSON that is expected here" + place(exception) + ".");
        };
    }

    /** A part of the address, or a parameter behind its question mark, that is of another kind. */
    static UnreadableJson of(TypeMismatchException mismatch) {
        String name = Objects.requireNonNullElse(mismatch.getPropertyName(), "A part of the address");
        return new UnreadableJson(name, name + " needs " + expected(required(mismatch)) + ".");
    }

    /** Parameters that are out of bounds. */
    static List<UnreadableJson> of(HandlerMethodValidationException invalid) {
        return invalid.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream().map(error -> {
                    String name = Objects.requireNonNullElse(
                            result.getMethodParameter().getParameterName(), "A parameter");
                    return new UnreadableJson(name, name + " " + error.getDefaultMessage() + ".");
                }))
                .toList();
    }

    /** Of several values, the kind of one. */
    private static @Nullable Class<?> required(TypeMismatchException mismatch) {
        Class<?> type = mismatch.getRequiredType();
        if (type != null
                && Collection.class.isAssignableFrom(type)
                && mismatch instanceof MethodArgumentTypeMismatchException argument) {
            return ResolvableType.forMethodParameter(argument.getParameter())
                    .asCollection()
                    .resolveGeneric();
        }
        return type;
    }

    private static String path(List<Reference> references) {
        StringBuilder path = new StringBuilder();
        for (Reference reference : references) {
            if (reference.getPropertyName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String known(@Nullable Collection<Object> names) {
        return Objects.requireNonNullElse(names, List.of()).stream()
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "another kind of value";
        }
        if (type == Duration.class) {
            return "a duration in ISO-8601, such as \"PT5S\" for five seconds";
        }
        if (type == Instant.class) {
            return "an instant in UTC, such as 2026-11-21T18:30:00Z";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == Integer.class) {
            return "a whole number up to " + Integer.MAX_VALUE;
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(value ->
                                    value.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .collect(Collectors.joining(", "));
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type.isRecord() ? "an object" : "a text";
    }

    private static String place(JacksonException exception) {
        TokenStreamLocation location = exception.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
