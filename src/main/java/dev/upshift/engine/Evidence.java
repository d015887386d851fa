package dev.upshift.engine;

import dev.upshift.shared.Lsn;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What runs keep as evidence beside their journal: under which name, written how, and in which words people read it. The
 * names are in the metadata database and in the API, so they stay. What a rehearsal's report tells needs no words here.
 */
public final class Evidence {

    /** What people read, by name; filled by what stands below, as the next one. */
    private static final Map<String, String> WORDS = new HashMap<>();

    /** The names of what a rehearsal's report tells. */
    private static final Set<String> REPORTED = new HashSet<>();

    /** What the pause budget was when clients were to be held. */
    public static final Fact<Duration> PAUSE_BUDGET = shown("Pause budget (ms)", Fact.millis("pauseBudgetMillis"));

    /** The side that the run leaves alone because it was not there. */
    public static final Fact<Side> WITHOUT = shown("Done without", side("without"));

    /** How long each pooler took until its last transaction had ended. */
    public static final FactOfEach<Duration> HELD_AFTER =
            shown("PAUSE took (ms)", Fact.millis("heldAfterMillis")).ofEach();

    /** By database: what had to arrive. */
    public static final FactOfEach<Lsn> BARRIER =
            shown("End of the log", Fact.position("barrier")).ofEach();

    public static final FactOfEach<Lsn> ARRIVED =
            shown("Arrived on the other side at", Fact.position("arrived")).ofEach();

    public static final FactOfEach<Lsn> FLUSHED =
            shown("Flushed on the other side up to", Fact.position("flushed")).ofEach();

    /** By database. */
    public static final FactOfEach<Lsn> WAY_BACK_START =
            shown("Way back starts at", Fact.position("wayBackStart")).ofEach();

    public static final Fact<WayBackState> WAY_BACK =
            shown("Way back", Fact.word("wayBack", WayBackState::word, WayBackState::ofWord));

    public static final Fact<Integer> STRAGGLERS =
            shown("Clients back on the side that was left", Fact.count("stragglers"));

    public static final Fact<Integer> ENDED_SESSIONS = shown("Sessions ended", Fact.count("endedSessions"));

    public static final Fact<Integer> SEQUENCES_SET =
            shown("Sequences set while held", Fact.count("sequencesSetInWindow"));

    /** The switch that was rehearsed. */
    public static final Fact<ProcedureName> REHEARSED =
            reported(Fact.word("rehearsed", ProcedureName::word, ProcedureName::ofWord));

    /** The version of the plan that was rehearsed. */
    public static final Fact<String> REHEARSED_PLAN = reported(Fact.text("rehearsedPlanVersion"));

    /** How often a rehearsal looked at the load. */
    public static final Fact<Integer> LOAD_SAMPLES = reported(Fact.count("loadSamples"));

    public static final Fact<Long> OLDEST_TRANSACTION_MILLIS = reported(Fact.number("oldestTransactionMillis"));
    public static final Fact<String> OLDEST_TRANSACTION_BY = reported(Fact.text("oldestTransactionBy"));
    public static final Fact<Long> OPEN_AT_PAUSE_MILLIS = reported(Fact.number("openAtPauseMillis"));
    public static final Fact<String> OPEN_AT_PAUSE_BY = reported(Fact.text("openAtPauseBy"));
    public static final Fact<Duration> BARRIER_USUAL = reported(Fact.millis("barrierUsualMillis"));
    public static final Fact<Duration> BARRIER_SLOWEST = reported(Fact.millis("barrierSlowestMillis"));
    public static final Fact<Long> LARGEST_LAG = reported(Fact.number("largestLagBytes"));
    public static final Fact<Integer> SEQUENCES_OUTRUN = reported(Fact.count("sequencesOutrun"));

    private Evidence() {}

    /** Whether people read it in a rehearsal's report, which says it in its own words. */
    public static boolean isReported(String name) {
        return REPORTED.contains(name);
    }

    /** {@code flushed.shop} becomes {@code Flushed on the other side up to (shop)}. */
    public static String inWords(String name) {
        int dot = name.indexOf(FactOfEach.DOT);
        return dot < 0 ? words(name) : words(name.substring(0, dot)) + " (" + name.substring(dot + 1) + ")";
    }

    private static String words(String name) {
        String known = WORDS.get(name);
        return known == null ? spelled(name) : known;
    }

    /** {@code longestWait}, of another version, becomes {@code Longest wait}. */
    private static String spelled(String name) {
        String spaced =
                name.replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2").replace('-', ' ').toLowerCase(Locale.ROOT);
        return spaced.isEmpty() ? name : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }

    private static <T> Fact<T> shown(String words, Fact<T> fact) {
        WORDS.put(fact.name(), words);
        return fact;
    }

    private static <T> Fact<T> reported(Fact<T> fact) {
        REPORTED.add(fact.name());
        return fact;
    }

    private static Fact<Side> side(String name) {
        return Fact.word(
                name,
                Side::word,
                word -> Arrays.stream(Side.values())
                        .filter(side -> side.word().equals(word))
                        .findFirst());
    }
}
