package dev.upshift.engine.internal.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds what is done several times in turn, such as the write and the flush of a barrier that is tried five times. How
 * many times is nobody's business: the real run may need more or fewer.
 */
final class Repetitions {

    /** The longest row of things that is looked for. */
    private static final int LONGEST = 8;

    private Repetitions() {}

    /** The things in their order, of every repeated row of things only the first. */
    static <T> List<Counted<T>> in(List<T> things) {
        List<Counted<T>> found = new ArrayList<>();
        int at = 0;
        while (at < things.size()) {
            int length = repeatedFrom(things, at);
            if (length == 0) {
                found.add(new Counted<>(things.get(at), false));
                at++;
                continue;
            }
            List<T> row = things.subList(at, at + length);
            row.forEach(thing -> found.add(new Counted<>(thing, true)));
            while (startsWith(things, at, row)) {
                at += length;
            }
        }
        return found;
    }

    /** The length of the shortest row that begins here and follows itself; 0 if there is none. */
    private static <T> int repeatedFrom(List<T> things, int at) {
        for (int length = 1; length <= LONGEST && at + 2 * length <= things.size(); length++) {
            if (startsWith(things, at + length, things.subList(at, at + length))) {
                return length;
            }
        }
        return 0;
    }

    private static <T> boolean startsWith(List<T> things, int at, List<T> row) {
        return at + row.size() <= things.size()
                && things.subList(at, at + row.size()).equals(row);
    }

    /** @param repeated whether it is done again and again, in turn with its neighbours of which the same is true */
    record Counted<T>(T thing, boolean repeated) {}
}
