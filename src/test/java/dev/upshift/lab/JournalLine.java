package dev.upshift.lab;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One line of a writer's own journal: what it tried and what it was told.
 *
 * @param atMillis when it was told, milliseconds since 1970
 * @param values what belongs to the operation: for a placed entry the ticket and the countdown that the server
 *     drew, for an amended one its new version
 */
record JournalLine(long atMillis, Fate fate, Operation operation, long number, List<Long> values) {

    /** What a client tried to do to an entry of the ledger. */
    enum Operation {
        PLACE,
        AMEND,
        WITHDRAW
    }

    /** What became of it, as far as the client knows. */
    enum Fate {
        /** COMMIT was answered: it must be on the serving side, once. */
        ACKNOWLEDGED,
        /** COMMIT was sent and not answered: it may be there, at most once. */
        IN_DOUBT,
        /** It failed before COMMIT was sent: it must not be there. */
        REFUSED,
        /** The entry was not as this client, its only author, had left it. */
        MISSING
    }

    /** The line as it stands in the file, without its end. */
    String text() {
        return values.stream()
                .map(value -> " " + value)
                .collect(Collectors.joining("", atMillis + " " + fate + " " + operation + " " + number, ""));
    }

    static JournalLine parse(String text) {
        String[] words = text.split(" ");
        return new JournalLine(
                Long.parseLong(words[0]),
                Fate.valueOf(words[1]),
                Operation.valueOf(words[2]),
                Long.parseLong(words[3]),
                Arrays.stream(words).skip(4).map(Long::valueOf).toList());
    }
}
