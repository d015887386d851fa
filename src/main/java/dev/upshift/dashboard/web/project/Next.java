package dev.upshift.dashboard.web.project;

import dev.upshift.dashboard.web.situation.Situation;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures.Available;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.project.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to do with a project now.
 *
 * @param words for the row of a list, e.g. {@code verify both sides}
 * @param sentence what it would do, or what is being waited for
 * @param primary the one obvious action; null when there is none
 * @param invites whether it is to be done now; finishing waits until somebody has watched long enough
 * @param others what is possible too
 * @param later what is not possible now, and why
 */
public record Next(
        String words,
        String sentence,
        @Nullable Action primary,
        boolean invites,
        List<Action> others,
        List<NotNow> later) {

    /**
     * @param path below the project's page, e.g. {@code /procedures/cutover}
     * @param asks whether the page behind it asks to type the project's name
     */
    public record Action(String title, String path, boolean asks) {

        static Action of(ProcedureName procedure) {
            String path = procedure == ProcedureName.REHEARSE ? "/rehearsal" : "/procedures/" + procedure.word();
            return new Action(procedure.title(), path, procedure.needsConfirmation());
        }
    }

    /** A procedure that is not possible, and the sentence that says why. */
    public record NotNow(String title, String reason) {}

    public static Next of(Situation situation) {
        Optional<Run> current = situation.current();
        if (current.isPresent()) {
            return watch(situation, current.get());
        }
        Phase phase = situation.project().phase();
        ProcedureName wanted = wanted(situation);
        List<Available> procedures = situation.procedures();
        Optional<Available> primary = procedures.stream()
                .filter(one -> one.procedure() == wanted && one.reason() == null)
                .findFirst();
        List<Action> others = procedures.stream()
                .filter(one -> one.reason() == null && one.procedure() != wanted)
                .map(one -> Action.of(one.procedure()))
                .toList();
        return new Next(
                words(phase, wanted),
                sentence(phase, wanted),
                primary.map(one -> Action.of(one.procedure())).orElse(null),
                wanted != ProcedureName.FINISH,
                others,
                later(procedures));
    }

    private static Next watch(Situation situation, Run run) {
        String name = "Run " + run.number() + " (" + run.procedure().title().toLowerCase(Locale.ROOT) + ")";
        boolean stuck = run.status() == RunStatus.BLOCKED;
        String title = (stuck ? "See run " : "Watch run ") + run.number();
        return new Next(
                stuck ? "run " + run.number() + " needs a person" : "run " + run.number() + " is under way",
                stuck && run.outcome() != null ? name + " needs a person. " + run.outcome() : name + " is under way.",
                new Action(title, "/runs/" + run.number(), false),
                true,
                List.of(),
                later(situation.procedures()));
    }

    private static List<NotNow> later(List<Available> procedures) {
        return procedures.stream()
                .filter(one -> one.reason() != null)
                .map(one -> new NotNow(one.procedure().title(), String.valueOf(one.reason())))
                .toList();
    }

    private static @Nullable ProcedureName wanted(Situation situation) {
        return switch (situation.project().phase()) {
            case DRAFT -> ProcedureName.COPY_SCHEMA;
            case SCHEMA_COPIED -> ProcedureName.REPLICATE;
            case REPLICATING, ROLLED_BACK -> {
                if (!situation.isVerified()) {
                    yield ProcedureName.VERIFY;
                }
                yield situation.isRehearsed() ? ProcedureName.CUTOVER : ProcedureName.REHEARSE;
            }
            case CUT_OVER -> ProcedureName.FINISH;
            case FINISHED, ABANDONED -> null;
        };
    }

    private static String words(Phase phase, @Nullable ProcedureName wanted) {
        return switch (phase) {
            case DRAFT -> "copy the schema";
            case SCHEMA_COPIED -> "start replication";
            case REPLICATING ->
                wanted == ProcedureName.VERIFY
                        ? "verify both sides"
                        : wanted == ProcedureName.REHEARSE ? "rehearse" : "cut over";
            case CUT_OVER -> "watch, then finish";
            case ROLLED_BACK -> "find out why, then cut over again";
            case FINISHED, ABANDONED -> "nothing";
        };
    }

    private static String sentence(Phase phase, @Nullable ProcedureName wanted) {
        return switch (phase) {
            case DRAFT -> "Copy roles and schema to the target. Clients notice nothing.";
            case SCHEMA_COPIED ->
                "Start replication: the tables are copied to the target and kept up to date. Clients notice nothing.";
            case REPLICATING ->
                wanted == ProcedureName.VERIFY
                        ? "Prove that both sides hold the same data before clients are switched."
                        : wanted == ProcedureName.REHEARSE
                                ? "Both sides hold the same data. Rehearse: clients are held for a moment, nothing is"
                                        + " moved, and you know how long the real one takes."
                                : "Both sides hold the same data. Clients can be switched to the target; the plan says how.";
            case CUT_OVER ->
                "The target serves. Watch it under its real load; the way back stays ready until you finish.";
            case ROLLED_BACK ->
                wanted == ProcedureName.VERIFY
                        ? "The source serves again and replication goes on. Compare both sides anew; when the reason is"
                                + " found, cut over once more."
                        : "The source serves again and replication goes on. When the reason is found, cut over once"
                                + " more.";
            case FINISHED ->
                "The upgrade is finished: the target serves, and what Upshift made on the servers is dropped. The"
                        + " source stays read-only.";
            case ABANDONED ->
                "The upgrade was abandoned: the source serves, and nothing of Upshift is left on the servers.";
        };
    }
}
