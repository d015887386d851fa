package dev.upshift.check;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a check has found.
 *
 * @param place where
 * @param objects what, by name; those that are alike together. Empty where the place itself is meant
 * @param reason what was seen and what comes of it, in sentences that name the objects
 * @param remedy what to do, in sentences; statements can be copied out of them and run as they stand
 * @param acceptable whether a project that accepts what the check finds accepts this as well
 * @param field where it is corrected in what was posted to be saved, such as {@code source.port}; null where it is not,
 *     or where nothing is saved
 */
public record Finding(
        Place place,
        List<String> objects,
        String reason,
        String remedy,
        boolean acceptable,
        @Nullable String field) {

    /** Where one sentence ends and another one begins. */
    private static final String BETWEEN = ". ";

    public Finding {
        objects = objects.stream().map(String::valueOf).toList();
    }

    /** One that a project may accept where it accepts what its check finds. */
    public Finding(Place place, List<String> objects, String reason, String remedy) {
        this(place, objects, reason, remedy, true, null);
    }

    /** What somebody else has told in sentences, of which the last one says what to do. */
    public static Finding told(Place place, List<String> objects, String sentences) {
        int last = sentences.lastIndexOf(BETWEEN);
        return last < 0
                ? new Finding(place, objects, sentences, "")
                : new Finding(
                        place, objects, sentences.substring(0, last + 1), sentences.substring(last + BETWEEN.length()));
    }

    /** The same, to be corrected in this field. */
    public Finding in(String where) {
        return new Finding(place, objects, reason, remedy, acceptable, where);
    }

    /** The same, but no project may accept it. */
    public Finding acceptedByNobody() {
        return new Finding(place, objects, reason, remedy, false, field);
    }

    /** Reason and remedy, for where the place is said otherwise. */
    public String words() {
        return remedy.isEmpty() ? reason : reason + " " + remedy;
    }

    /** Where, and what was seen. */
    public String seen() {
        String where = place.words();
        return where.isEmpty() ? reason : where + ": " + reason;
    }

    /** All of it, for people. */
    public String sentence() {
        return remedy.isEmpty() ? seen() : seen() + " " + remedy;
    }

    /** All of them; what is to be done about several in a row of one side is said once. */
    public static String words(List<Finding> findings) {
        StringJoiner all = new StringJoiner(" ");
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            all.add(finding.seen());
            boolean saidLater = i + 1 < findings.size() && finding.isMendedWith(findings.get(i + 1));
            if (!saidLater && !finding.remedy().isEmpty()) {
                all.add(finding.remedy());
            }
        }
        return all.toString();
    }

    /** “There” and “it” of a remedy mean its side. */
    private boolean isMendedWith(Finding other) {
        return remedy.equals(other.remedy) && place.side() == other.place.side();
    }

    /** All of each. */
    public static List<String> sentences(List<Finding> findings) {
        return findings.stream().map(Finding::sentence).toList();
    }
}
