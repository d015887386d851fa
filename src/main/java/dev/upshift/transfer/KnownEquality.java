package dev.upshift.transfer;

import dev.upshift.project.Project;
import java.util.List;

/** Says, before the last chance to find out is given away, how equal both sides of a project are known to be. */
@FunctionalInterface
public interface KnownEquality {

    Known of(Project project);

    /**
     * @param equal whether all is proven to be equal since the last switch
     * @param words how that is known, or why not, in a sentence
     * @param unequal the tables of which it is not proven, with their databases; empty where it is not about some
     */
    record Known(boolean equal, String words, List<String> unequal) {

        public Known {
            unequal = List.copyOf(unequal);
        }

        public static Known equal(String words) {
            return new Known(true, words, List.of());
        }

        public static Known doubtful(String words) {
            return new Known(false, words, List.of());
        }
    }
}
