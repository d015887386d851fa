package dev.upshift.dashboard.web.api;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * What is wrong with a JSON body, in words for who wrote it. Values are never repeated: they may be passwords.
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
