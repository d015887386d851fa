package dev.upshift.engine;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * How it stands with the way back of a switch, as its run knows it.
 *
 * @param doubts why it is in doubt, in sentences; empty where it is not
 */
public record WayBackState(Stand stand, String doubts) {

    public static final WayBackState READY = new WayBackState(Stand.READY, "");

    public static final WayBackState NONE = new WayBackState(Stand.NONE, "");

    public static final WayBackState LOST = new WayBackState(Stand.LOST, "");

    /** What it can come to, with the word for it. */
    public enum Stand {
        /** It was seen to work. */
        READY("ready"),
        /** There is none, and a person went on without. */
        NONE("none"),
        /** There is none any more, and that was said; a person may yet continue the run for another reason. */
        LOST("lost"),
        /** It works, and what was written meanwhile may be missing from it. */
        IN_DOUBT("in doubt: ");

        private final String word;

        Stand(String word) {
            this.word = word;
        }
    }

    public static WayBackState inDoubt(String doubts) {
        return new WayBackState(Stand.IN_DOUBT, doubts);
    }

    /** As it is written down. */
    public String word() {
        return stand.word + doubts;
    }

    /** Nothing for a word that nobody knows. */
    public static Optional<WayBackState> ofWord(String word) {
        return word.startsWith(Stand.IN_DOUBT.word)
                ? Optional.of(inDoubt(word.substring(Stand.IN_DOUBT.word.length())))
                : Stream.of(READY, NONE, LOST)
                        .filter(state -> state.word().equals(word))
                        .findFirst();
    }
}
