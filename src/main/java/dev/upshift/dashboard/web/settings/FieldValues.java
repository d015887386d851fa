package dev.upshift.dashboard.web.settings;

import dev.upshift.shared.Secret;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.DataBinder.ValueResolver;

/**
 * Gives the fields of a form to Spring's binder. What a browser leaves out or sends empty gets its meaning here: a box
 * without a tick, a login of the application that nobody named, a row that nobody filled.
 */
record FieldValues(Fields fields) implements ValueResolver {

    @Override
    public @Nullable Object resolveValue(String name, Class<?> type) {
        if (type == Secret.class) {
            return fields.password(name);
        }
        if (type == Boolean.class) {
            return fields.isChecked(name);
        }
        if (type == List.class && !Fields.isRows(name)) {
            return fields.tickedOf(name);
        }
        if (type == List.class || type.isRecord()) {
            return null; // made of fields of their own
        }
        String text = fields.text(name);
        return text.isEmpty() && (type.isEnum() || name.endsWith(".peerPort")) ? null : text;
    }

    @Override
    public Set<String> getNames() {
        boolean noDatabase = fields.texts().entrySet().stream()
                .noneMatch(field -> field.getKey().startsWith("databases[")
                        && !field.getValue().isEmpty());
        return Stream.concat(
                        fields.texts().keySet().stream()
                                .filter(name -> !name.contains(".application.")
                                        || !fields.text(name).isEmpty()),
                        fields.passwords().keySet().stream())
                .filter(name -> !Fields.isLost(name))
                .filter(name -> !noDatabase || !name.startsWith("databases["))
                .collect(Collectors.toSet());
    }
}
