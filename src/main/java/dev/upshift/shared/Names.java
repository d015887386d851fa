package dev.upshift.shared;

import java.util.List;
import java.util.stream.Collectors;

/** Puts lists of names into sentences. */
public final class Names {

    private static final int SHOWN = 5;

    private Names() {}

    /** The first few, and how many more there are. */
    public static String some(List<?> names) {
        String shown = names.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }
}
