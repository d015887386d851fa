package dev.upshift.check.internal;

import dev.upshift.check.CheckOutcome;
import dev.upshift.check.CheckResult.Errored;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.NotApplicable;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.project.InvalidProject.FieldProblem;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What checks answered, as problems of the fields in which it is corrected. */
final class Answers {

    /** Of what no other field is to blame for. */
    private static final String WHOLE = "slug";

    /** Of what could not even be looked at. */
    private static final Place NOWHERE = new Place(null, null, null);

    private Answers() {}

    /** In the order of the checks, and of what each has found. */
    static List<FieldProblem> problems(List<CheckOutcome> outcomes) {
        return outcomes.stream()
                .flatMap(outcome -> objections(outcome).map(Answers::problem))
                .toList();
    }

    /** In the order of the places, and only then of the checks. */
    static List<FieldProblem> problems(List<CheckOutcome> outcomes, Comparator<Place> places) {
        return outcomes.stream()
                .flatMap(Answers::objections)
                .sorted(Comparator.comparing(Finding::place, places))
                .map(Answers::problem)
                .toList();
    }

    private static Stream<Finding> objections(CheckOutcome outcome) {
        return switch (outcome.result()) {
            case Found(var findings) -> outcome.allows() ? Stream.empty() : findings.stream();
            case Errored(String reason) -> Stream.of(Finding.told(NOWHERE, List.of(), reason));
            case Passed(String _) -> Stream.empty();
            case NotApplicable(String _) -> Stream.empty();
        };
    }

    /** A side is known by the field; a sentence that names its pooler by itself names it once. */
    private static FieldProblem problem(Finding finding) {
        Place place = finding.place();
        boolean isKnown = place.pooler() == null
                ? place.database() == null
                : finding.reason().contains("ooler " + place.pooler() + " ");
        return new FieldProblem(
                Objects.requireNonNullElse(finding.field(), WHOLE), isKnown ? finding.words() : finding.sentence());
    }
}
