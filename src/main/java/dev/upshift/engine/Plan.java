package dev.upshift.engine;

import dev.upshift.shared.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a procedure would do now, and whether it may.
 *
 * @param version hash over all that the run would do and rely on; confirmations bind to it
 * @param allowed whether every guard allows it
 * @param differences per pooler, how its configuration would change, passwords masked; empty unless it is a switch
 * @param rehearsed the last rehearsal of this switch; null when there was none, or it is no switch
 * @param leftOut the side that the run would not touch because it does not answer; null when all are there
 */
public record Plan(
        ProcedureName procedure,
        String version,
        boolean allowed,
        List<GuardResult> guards,
        List<PlannedStep> steps,
        List<PoolerDifference> differences,
        @Nullable Rehearsed rehearsed,
        @Nullable LeftOut leftOut) {

    /** The first characters of the version, for people. */
    public String shortVersion() {
        return version.substring(0, 8);
    }

    public List<String> blockedReasons() {
        return guards.stream()
                .filter(guard -> !guard.allowed())
                .map(GuardResult::reason)
                .toList();
    }

    /**
     * A condition that was looked at.
     *
     * @param guard its name, e.g. {@code tables-ready}
     * @param reason one sentence: what was seen, and when blocked what to do
     */
    public record GuardResult(String guard, boolean allowed, String reason) {}

    /**
     * @param name e.g. {@code pause-poolers}
     * @param part where in the run it stands
     * @param actions what it would tell servers, poolers and programs, in order, the first of them; none where it only
     *     looks, writes down in our own database, or the phase does not allow the run
     * @param further how many more there are
     * @param gap why not everything of it is known, one sentence; null when it is
     */
    public record PlannedStep(
            String name,
            String sentence,
            Part part,
            List<PlannedAction> actions,
            int further,
            @Nullable String gap) {

        /** A step of which only the words are known. */
        public PlannedStep(String name, String sentence, Part part) {
            this(name, sentence, part, List.of(), 0, null);
        }
    }

    /**
     * One thing that a step would do.
     *
     * @param where {@code source/shop}, a pooler's name, or the path of a file
     * @param text the statement, the command, or the lines that change; secrets masked, long lists cut, and a word in
     *     pointed brackets where there will be a value that nobody knows before
     * @param repeated whether it is done several times, together with its neighbours that are
     * @param condition when it is done, a phrase that begins with “only”; null for always
     */
    public record PlannedAction(
            ActionKind kind,
            String where,
            String text,
            boolean repeated,
            @Nullable String condition) {}

    /** How something is done. */
    public enum ActionKind {
        /** A statement for a server. */
        STATEMENT,
        /** A command for a pooler's console. */
        CONSOLE,
        /** A change of a pooler's file. */
        FILE,
        /** One of PostgreSQL's client programs. */
        COMMAND
    }

    /** The parts of a run. */
    public enum Part {
        /** Clients notice nothing. */
        BEFORE,
        /** Clients are held. */
        WINDOW,
        /** From here on only forward. */
        PIVOT,
        /** Clients are held until RESUME; every failure is retried. */
        COMPLETION,
        /** Clients are served by the new side. */
        AFTER
    }

    /**
     * What the last rehearsal tells of this plan.
     *
     * @param planChanged whether the plan is another one now, so that something else was rehearsed
     */
    public record Rehearsed(Rehearsal last, boolean planChanged) {}

    /** How the configuration of a pooler would change, line by line. */
    public record PoolerDifference(String pooler, List<String> lines) {}

    /**
     * A side that a run goes on without, because it does not answer and may be gone for good.
     *
     * @param address host and port
     * @param reason why nobody gets in there, a sentence
     * @param confirmation what must be typed instead of the usual words
     * @param left what stays there, a phrase for each database
     * @param byHand what removes that, should the side ever come back
     * @param afterwards what is true then, in sentences
     */
    public record LeftOut(
            Side side,
            String address,
            String reason,
            String confirmation,
            List<String> left,
            List<ByHand> byHand,
            String afterwards) {

        /** What is asked of a person, in sentences. */
        public String question() {
            return "The %s at %s does not answer: %s If it is gone for good, type “%s”: the run then cleans only the %s."
                    .formatted(
                            side.word(),
                            address,
                            reason,
                            confirmation,
                            side.other().word());
        }
    }

    /**
     * Statements to be run by a person, all in one line each: as they stand, also where only reading is the default.
     *
     * @param statements to be run in the database
     * @param lifting what lifts the fence on it, to be run in another database; null where nothing is fenced
     */
    public record ByHand(
            String database, String statements, @Nullable String lifting) {}
}
