package dev.upshift.dashboard.web.settings;

import dev.upshift.project.InvalidProject.FieldProblem;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.util.StringUtils;

/** What is wrong with a form, each problem beside its field, the others above the form. */
public record Problems(List<FieldProblem> all) {

    static final Problems NONE = new Problems(List.of());

    private static final Pattern FIELD = Pattern.compile(
            "slug|name|(source|target)\\.\\w+|databases(\\[\\d+])?|poolers(\\[\\d+]\\.[\\w.]+)?|settings\\.\\w+");

    private static final Pattern PLACE = Pattern.compile("(source|target)\\..*|(database|pooler)s\\[(\\d+)].*");

    /** A sentence with the place that it is about: three poolers can miss the same. */
    public String placed(FieldProblem problem) {
        Matcher place = PLACE.matcher(problem.field());
        if (!place.matches()) {
            return problem.message();
        }
        String words =
                place.group(1) != null ? place.group(1) : place.group(2) + " " + (Integer.parseInt(place.group(3)) + 1);
        String whose = problem.field().contains("].application.") ? ", application" : "";
        return StringUtils.capitalize(words) + whose + ": " + problem.message();
    }

    /** The sentences for one field. */
    public List<String> of(String field) {
        return all.stream()
                .filter(problem -> problem.field().equals(field))
                .map(FieldProblem::message)
                .toList();
    }

    public boolean has(String field) {
        return all.stream().anyMatch(problem -> problem.field().equals(field));
    }

    /** Whether one of the fields of a group has a problem. */
    public boolean within(String prefix) {
        return all.stream().anyMatch(problem -> problem.field().startsWith(prefix));
    }

    /** Problems that no field of the form stands for. */
    public List<String> general() {
        return all.stream()
                .filter(problem -> !FIELD.matcher(problem.field()).matches())
                .map(FieldProblem::message)
                .toList();
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }
}
