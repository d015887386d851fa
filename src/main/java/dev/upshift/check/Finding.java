package dev.upshift.check;

import java.util.List;
import java.util.StringJoiner;

/**
 * One thing that a check has found.
 *
 * @param place where
 * @param objects what, by name; those that are alike together. Empty where the place itself is meant
 * @param reason what was seen and what comes of it, in sentences that name the objects
 * @param remedy what to do, in sentences; statements can be copied out of them and run as they stand
 * @param acceptable whether a project that accepts what the check finds accepts this as well
 */
public record Finding(Place place, List<String> objects, String reason, String remedy, boolean acceptable) {

    public Finding {
        objects = objects.stream().map(String::valueOf).toList();
    }

    /** One that a project may accept where it accepts what its check finds. */
    public Finding(Place place, List<String> objects, String reason, String remedy) {
        this(place, objects, reason, remedy, true);
    }

    /** The same, but no project may accept it. */
    public Finding acceptedByNobody() {
        return new Finding(place, objects, reason, remedy, false);
    }

    /** Where, and what was seen. */
    public String seen() {
        String where = place.words();
        return where.isEmpty() ? reason : where + ": " + reason;
    }

    /** All of it, for people. */
    public String sentence() {
        return seen() + " " + remedy;
    }

    /** All of them; what is to be done about several in a row is said once. */
    public static String words(List<Finding> findings) {
        StringJoiner all = new StringJoiner(" ");
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            all.add(finding.seen());
            if (i + 1 == findings.size()
                    || !finding.remedy().equals(findings.get(i + 1).remedy())) {
                all.add(finding.remedy());
            }
        }
        return all.toString();
    }

    /** All of each. */
    public static List<String> sentences(List<Finding> findings) {
        return findings.stream().map(Finding::sentence).toList();
    }
}
