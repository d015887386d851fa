package dev.upshift.procedure;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the engine can do to a project; the words of URLs and bodies. */
public enum ProcedureName {
    COPY_SCHEMA("copy-schema", "Copy schema"),
    REPLICATE("replicate", "Replicate"),
    VERIFY("verify", "Verify"),
    CUTOVER("cutover", "Cut over"),
    ROLLBACK("rollback", "Roll back"),
    FINISH("finish", "Finish"),
    ABANDON("abandon", "Abandon");

    private final String word;
    private final String title;

    ProcedureName(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** As in {@code /plans/{procedure}}, and as JSON. */
    @JsonValue
    public String word() {
        return word;
    }

    /** As on a button. */
    public String title() {
        return title;
    }

    /** Whether clients are held during it. */
    public boolean isSwitch() {
        return this == CUTOVER || this == ROLLBACK;
    }

    /** Whether the project's slug must be typed before it starts. */
    public boolean needsConfirmation() {
        return isSwitch() || this == FINISH || this == ABANDON;
    }

    /** All words, for messages. */
    public static String words() {
        return Arrays.stream(values()).map(ProcedureName::word).collect(Collectors.joining(", "));
    }

    public static Optional<ProcedureName> ofWord(String word) {
        return Arrays.stream(values()).filter(name -> name.word.equals(word)).findFirst();
    }
}
