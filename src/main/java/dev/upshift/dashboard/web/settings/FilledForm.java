package dev.upshift.dashboard.web.settings;

import dev.upshift.project.Project;
import dev.upshift.project.ProjectRequest;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.ReflectionUtils;

/** Fills a form from what is known: the way back of {@link DraftReader}, by the same names and conversions. */
final class FilledForm {

    private static final ConversionService CONVERSIONS = FormConversions.service();

    private final Map<String, String> texts = new LinkedHashMap<>();

    private FilledForm() {}

    /** For a project that does not exist yet. */
    static Fields fresh() {
        return filled(ProjectRequest.fresh(), 1, 1);
    }

    static Fields of(Project project) {
        return filled(
                ProjectRequest.of(project),
                project.databases().size(),
                project.poolers().size());
    }

    private static Fields filled(ProjectRequest request, int databases, int poolers) {
        FilledForm form = new FilledForm();
        form.put("", request);
        return new Fields(form.texts, Map.of(), databases, poolers);
    }

    private void put(String name, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Record parts -> {
                for (RecordComponent part : parts.getClass().getRecordComponents()) {
                    put(
                            name.isEmpty() ? part.getName() : name + "." + part.getName(),
                            ReflectionUtils.invokeMethod(part.getAccessor(), parts));
                }
            }
            case List<?> rows
            when Fields.isRows(name) -> {
                for (int row = 0; row < rows.size(); row++) {
                    put(name + "[" + row + "]", rows.get(row));
                }
            }
            case List<?> ticked -> ticked.forEach(one -> texts.put(name + "." + text(one), "true"));
            default -> texts.put(name, text(value));
        }
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(CONVERSIONS.convert(value, String.class));
    }
}
