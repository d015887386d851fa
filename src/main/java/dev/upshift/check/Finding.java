package dev.upshift.check;

import java.util.List;

/**
 * One thing that a check has found.
 *
 * @param place where
 * @param objects what, by name; those that are alike together. Empty where the place itself is meant
 * @param reason what was seen and what comes of it, in sentences that name the objects
 * @param remedy what to do, in sentences; statements can be copied out of them and run as they stand
 */
public record Finding(Place place, List<String> objects, String reason, String remedy) {

    public Finding {
        objects = objects.stream().map(String::valueOf).toList();
    }

    /** All of it, for people. */
    public String sentence() {
        return place.before("%s %s".formatted(reason, remedy));
    }
}
