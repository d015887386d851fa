package dev.upshift.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.shared.Lsn;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceTests {

    private static final Lsn AT = Lsn.parse("0/17D26910");

    /** Runs that older versions have kept are read by these names, and so is what the API answers. */
    private static final Map<String, String> AS_WRITTEN = Map.ofEntries(
            Map.entry("pauseBudgetMillis", "5000"),
            Map.entry("without", "source"),
            Map.entry("heldAfterMillis.bouncer-a", "41"),
            Map.entry("heldAfterMillis.bouncer-b", "12"),
            Map.entry("barrier.shop", "0/17D26910"),
            Map.entry("arrived.shop", "0/17D26910"),
            Map.entry("flushed.shop", "0/17D26910"),
            Map.entry("wayBackStart.shop", "0/17D26910"),
            Map.entry("wayBack", "ready"),
            Map.entry("stragglers", "2"),
            Map.entry("endedSessions", "4"),
            Map.entry("sequencesSetInWindow", "3"),
            Map.entry("rehearsed", "cutover"),
            Map.entry("rehearsedPlanVersion", "9f3c"),
            Map.entry("loadSamples", "50"),
            Map.entry("oldestTransactionMillis", "900"),
            Map.entry("oldestTransactionBy", "user app"),
            Map.entry("openAtPauseMillis", "30"),
            Map.entry("openAtPauseBy", "user report"),
            Map.entry("barrierUsualMillis", "9"),
            Map.entry("barrierSlowestMillis", "31"),
            Map.entry("largestLagBytes", "4096"),
            Map.entry("sequencesOutrun", "1"));

    @Test
    void eachIsWrittenUnderTheNameThatItAlwaysHad() {
        Map<String, Duration> held = Map.of("bouncer-a", Duration.ofMillis(41), "bouncer-b", Duration.ofMillis(12));

        assertThat(Stream.of(
                                Evidence.PAUSE_BUDGET.of(Duration.ofSeconds(5)),
                                Evidence.WITHOUT.of(Side.SOURCE),
                                Evidence.HELD_AFTER.of(held),
                                Evidence.BARRIER.of("shop").of(AT),
                                Evidence.ARRIVED.of("shop").of(AT),
                                Evidence.FLUSHED.of("shop").of(AT),
                                Evidence.WAY_BACK_START.of("shop").of(AT),
                                Evidence.WAY_BACK.of(WayBackState.READY),
                                Evidence.STRAGGLERS.of(2),
                                Evidence.ENDED_SESSIONS.of(4),
                                Evidence.SEQUENCES_SET.of(3),
                                Evidence.REHEARSED.of(ProcedureName.CUTOVER),
                                Evidence.REHEARSED_PLAN.of("9f3c"),
                                Evidence.LOAD_SAMPLES.of(50),
                                Evidence.OLDEST_TRANSACTION_MILLIS.of(900L),
                                Evidence.OLDEST_TRANSACTION_BY.of("user app"),
                                Evidence.OPEN_AT_PAUSE_MILLIS.of(30L),
                                Evidence.OPEN_AT_PAUSE_BY.of("user report"),
                                Evidence.BARRIER_USUAL.of(Duration.ofMillis(9)),
                                Evidence.BARRIER_SLOWEST.of(Duration.ofMillis(31)),
                                Evidence.LARGEST_LAG.of(4096L),
                                Evidence.SEQUENCES_OUTRUN.of(1))
                        .reduce(RunFacts.NONE, RunFacts::and)
                        .values())
                .isEqualTo(AS_WRITTEN);
    }

    @Test
    void whatWasWrittenIsRead() {
        RunFacts written = new RunFacts(AS_WRITTEN);

        assertThat(written.get(Evidence.PAUSE_BUDGET)).contains(Duration.ofSeconds(5));
        assertThat(written.get(Evidence.WITHOUT)).contains(Side.SOURCE);
        assertThat(written.get(Evidence.WAY_BACK)).contains(WayBackState.READY);
        assertThat(written.get(Evidence.WAY_BACK_START.of("shop"))).contains(AT);
        assertThat(written.get(Evidence.REHEARSED)).contains(ProcedureName.CUTOVER);
        assertThat(written.get(Evidence.LARGEST_LAG)).contains(4096L);
        assertThat(Evidence.HELD_AFTER.in(written))
                .isEqualTo(Map.of("bouncer-a", Duration.ofMillis(41), "bouncer-b", Duration.ofMillis(12)));
    }

    @Test
    void whatIsAbsentOrAWordOfAnotherVersionIsNoValue() {
        assertThat(RunFacts.NONE.get(Evidence.WAY_BACK)).isEmpty();
        assertThat(new RunFacts(Map.of("without", "moon")).get(Evidence.WITHOUT))
                .isEmpty();
        assertThat(new RunFacts(Map.of("wayBack", "paved")).get(Evidence.WAY_BACK))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void aWayBackIsReadAsItWasWritten(WayBackState state, String word) {
        assertThat(state.word()).isEqualTo(word);
        assertThat(WayBackState.ofWord(word)).contains(state);
    }

    static Stream<Object[]> aWayBackIsReadAsItWasWritten() {
        return Stream.of(
                new Object[] {WayBackState.READY, "ready"},
                new Object[] {WayBackState.NONE, "none"},
                new Object[] {WayBackState.LOST, "lost"},
                new Object[] {WayBackState.inDoubt("shop: it was altered."), "in doubt: shop: it was altered."});
    }

    @ParameterizedTest
    @CsvSource({
        "pauseBudgetMillis, Pause budget (ms)",
        "without, Done without",
        "heldAfterMillis.bouncer-a, PAUSE took (ms) (bouncer-a)",
        "barrier.shop, End of the log (shop)",
        "arrived.shop, Arrived on the other side at (shop)",
        "flushed.my.shop, Flushed on the other side up to (my.shop)",
        "wayBackStart.shop, Way back starts at (shop)",
        "wayBack, Way back",
        "stragglers, Clients back on the side that was left",
        "endedSessions, Sessions ended",
        "sequencesSetInWindow, Sequences set while held",
        "longestWait, Longest wait",
        "longestWait.shop, Longest wait (shop)"
    })
    void peopleReadWords(String name, String words) {
        assertThat(Evidence.inWords(name)).isEqualTo(words);
        assertThat(Evidence.isReported(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loadSamples",
                "oldestTransactionMillis",
                "oldestTransactionBy",
                "openAtPauseMillis",
                "openAtPauseBy",
                "barrierUsualMillis",
                "barrierSlowestMillis",
                "largestLagBytes",
                "sequencesOutrun",
                "rehearsed",
                "rehearsedPlanVersion"
            })
    void whatTheReportTellsIsNotToldAgain(String name) {
        assertThat(Evidence.isReported(name)).isTrue();
    }

    @Test
    void theLatterOfTwoCountsAndTheOrderStays() {
        Map<String, String> first = new LinkedHashMap<>();
        first.put("z", "1");
        first.put("a", "2");

        RunFacts both = new RunFacts(first).and(Fact.text("z").of("3"));

        assertThat(List.copyOf(both.values().entrySet())).isEqualTo(List.of(Map.entry("z", "3"), Map.entry("a", "2")));
    }

    /** As steps of other versions have written them to the journal. */
    @Test
    void namesAndFlagsAreReadAsTheyWereWritten() {
        Fact<List<String>> roles = Fact.lines("roles");
        FactOfEach<Boolean> created = Fact.flag("created").ofEach();

        assertThat(roles.of(List.of("app", "report")).values()).isEqualTo(Map.of("roles", "app\nreport"));
        assertThat(roles.of(List.of("app", "report")).get(roles)).contains(List.of("app", "report"));
        assertThat(roles.of(List.of()).get(roles)).contains(List.of());
        assertThat(created.of("shop").of(true).values()).isEqualTo(Map.of("created.shop", "true"));
    }
}
