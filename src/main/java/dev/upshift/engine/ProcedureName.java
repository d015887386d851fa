package dev.upshift.engine;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.upshift.shared.Side;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the engine can do to a project; the words of URLs and bodies. */
public enum ProcedureName {
    COPY_SCHEMA("copy-schema", "Copy schema"),
    REPLICATE("replicate", "Replicate"),
    VERIFY("verify", "Verify"),
    REHEARSE("rehearse", "Rehearse"),
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

    /** Whether it moves clients from one side to the other. */
    public boolean isSwitch() {
        return this == CUTOVER || this == ROLLBACK;
    }

    /** Whether clients are held during it. */
    public boolean holdsClients() {
        return isSwitch() || this == REHEARSE;
    }

    /** Whether the project is over after it. */
    public boolean endsProject() {
        return this == FINISH || this == ABANDON;
    }

    /** Whether {@link #confirmation} must be typed before it starts. */
    public boolean needsConfirmation() {
        return holdsClients() || endsProject();
    }

    /**
     * What must be typed before it starts. A rehearsal's words never start anything else, and no other words start a
     * rehearsal: who types them says which of the two is meant.
     */
    public String confirmation(String slug) {
        return this == REHEARSE ? word + " " + slug : slug;
    }

    /** What must be typed before it starts without a side that does not answer. */
    public static String confirmationWithout(String slug, Side side) {
        return slug + " without " + side.word();
    }

    /** All words, for messages. */
    public static String words() {
        return Arrays.stream(values()).map(ProcedureName::word).collect(Collectors.joining(", "));
    }

    public static Optional<ProcedureName> ofWord(String word) {
        return Arrays.stream(values()).filter(name -> name.word.equals(word)).findFirst();
    }
}
