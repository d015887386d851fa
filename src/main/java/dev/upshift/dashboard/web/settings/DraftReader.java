package dev.upshift.dashboard.web.settings;

import dev.upshift.project.InvalidProject;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectRequest;
import dev.upshift.project.Setting;
import java.beans.PropertyEditorSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;
import org.springframework.validation.DataBinder;
import org.springframework.validation.FieldError;

/**
 * Reads a draft from the fields of a form: Spring's binder makes of them what the API reads from JSON. Rules are the
 * project module's; here texts must only be what they stand for.
 */
final class DraftReader {

    private static final ConversionService CONVERSIONS = FormConversions.service();

    private DraftReader() {}

    /** @throws InvalidProject with every field that cannot be read */
    static ProjectDraft read(Fields fields) {
        DataBinder binder = new DataBinder(null, "project");
        binder.setTargetType(ResolvableType.forClass(ProjectRequest.class));
        binder.setConversionService(CONVERSIONS);
        for (Class<?> number : List.of(Integer.class, Long.class)) {
            binder.registerCustomEditor(number, new NumberEditor(number));
        }
        binder.construct(new FieldValues(fields));
        List<FieldProblem> problems = new ArrayList<>();
        for (FieldError unreadable : binder.getBindingResult().getFieldErrors()) {
            problems.add(new FieldProblem(unreadable.getField(), sentence(unreadable)));
        }
        if (fields.hasLostRows()) {
            problems.add(new FieldProblem(
                    "rows",
                    "Not every database or pooler that was typed has arrived. Load this page anew and type them again; a"
                            + " form takes up to 100 of each."));
        }
        if (!problems.isEmpty()) {
            throw new InvalidProject(problems);
        }
        return ((ProjectRequest) Objects.requireNonNull(binder.getTarget())).toDraft();
    }

    private static String sentence(FieldError unreadable) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(unreadable.unwrap(TypeMismatchException.class));
        return "The " + subject(unreadable.getField()) + " " + cause.getMessage();
    }

    /** {@code target.peerPort} is a peer port. */
    private static String subject(String field) {
        return Setting.all().stream()
                .filter(setting -> setting.field().equals(field))
                .map(Setting::subject)
                .findFirst()
                .orElseGet(() -> field.substring(field.lastIndexOf('.') + 1)
                        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                        .toLowerCase(Locale.ROOT)
                        .replace("ssl mode", "TLS mode"));
    }

    /** Without it, what our conversions refuse is given to Spring's own editors, which read 0x10, and nothing as null. */
    private static final class NumberEditor extends PropertyEditorSupport {

        private final Class<?> type;

        private NumberEditor(Class<?> type) {
            this.type = type;
        }

        @Override
        public void setAsText(String text) {
            setValue(CONVERSIONS.convert(text, type));
        }
    }
}
