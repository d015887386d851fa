package dev.upshift.switchover.internal.window;

import dev.upshift.check.Finding;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.fence.Fence.Behind;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.FanOut;
import dev.upshift.switchover.internal.check.fence.AcceptsWrites;
import dev.upshift.switchover.internal.check.fence.StandingFence;
import dev.upshift.switchover.internal.look.RightsLook;
import dev.upshift.switchover.internal.route.SessionList;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.sequence.EnteredSequences;
import dev.upshift.switchover.internal.sequence.LeftSequences;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What must be so at the last moment at which a switch can turn back: nobody has written on the side that is left since
 * the barrier, its fence stands and nobody has a way past it that was not there before, nobody has taken a right away that
 * is needed from here on, the side that is entered will take writes and has its sequences ahead, and what is to be put in
 * force on the poolers can be.
 * All databases and both sides are asked at once, because clients are waiting.
 */
final class LastLook {

    private final Switch sw;
    private final StandingFence fence;
    private final StagedConfigurations staged;
    private final RightsLook rights;
    private final EnteredSequences entered;
    private final LeftSequences sequences;
    private final List<ClientSession> ended = new ArrayList<>();

    LastLook(
            Switch sw,
            StagedConfigurations staged,
            RightsLook rights,
            EnteredSequences entered,
            LeftSequences sequences) {
        this.sw = sw;
        this.entered = entered;
        this.sequences = sequences;
        this.rights = rights;
        this.fence = new StandingFence(sw);
        this.staged = staged;
    }

    /** What speaks against going on. */
    List<String> objections() {
        // Each on sessions of its own: the one may read on both sides, too.
        List<CompletableFuture<List<String>>> beside = Stream.<Supplier<List<String>>>of(
                        this::given, this::disturbed, this::refused, staged::objections)
                .map(look -> sw.fanOut().begin(look))
                .toList();
        try {
            List<String> objections = new ArrayList<>(sw.fanOut().map(sw.databases(), this::written).stream()
                    .flatMap(List::stream)
                    .toList());
            beside.forEach(look -> objections.addAll(FanOut.answer(look)));
            return objections;
        } finally {
            beside.forEach(look -> look.exceptionally(failed -> List.of()).join()); // none goes on beside an undo
        }
    }

    /** Clients that had come to the fenced side, and were ended once more. */
    List<ClientSession> ended() {
        synchronized (ended) {
            return List.copyOf(ended);
        }
    }

    /** What somebody was given, or was taken from us, since it was looked at; both on the same sessions. */
    private List<String> given() {
        List<String> objections = new ArrayList<>(Finding.sentences(fence.findings(Role.LOOK)));
        objections.addAll(rights.objectionsIfChanged());
        return sw.watch().isHolding() ? objections : List.of(); // the watchdog lifts the fence, and says why
    }

    private List<String> refused() {
        return Finding.sentences(AcceptsWrites.refusals(sw, Role.READ));
    }

    private List<String> disturbed() {
        return sw.fanOut().map(sw.databases(), database -> entered.disturbance(database, sequences)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private List<String> written(String database) {
        // The session first, then the look at the clock, as for raising the fence: the watchdog ends this session
        // before it lets clients go, and one that is opened after that must not end theirs.
        PostgresSession session = sw.onFrom(database);
        if (!sw.watch().isHolding()) {
            return List.of(sw.watch().whyExpired());
        }
        Behind behind = sw.servers().fence().behind(session);
        sw.servers().fence().endSessions(session, behind.clients());
        if (!behind.clients().isEmpty()) {
            note(behind.clients());
            behind = sw.servers().fence().behind(session);
        }
        if (!behind.writers().isEmpty()) {
            return List.of("%s: somebody writes on the %s in spite of its fence: %s."
                    .formatted(database, sw.from().word(), SessionList.words(behind.writers())));
        }
        // not still: other databases and vacuum take ids as well, so what the link would send tells
        return sw.stillness().lasts(database, behind.next())
                        || !sw.servers()
                                .fence()
                                .isWrittenSince(
                                        session,
                                        sw.link(database),
                                        sw.stillness().arrived(database))
                ? List.of()
                : List.of("%s: somebody wrote on the %s in spite of its fence, after the barrier%s."
                        .formatted(database, sw.from().word(), whoWasThere()));
    }

    private String whoWasThere() {
        List<ClientSession> seen = ended();
        return seen.isEmpty() ? "" : "; these were there: " + SessionList.words(seen);
    }

    private void note(Collection<ClientSession> sessions) {
        synchronized (ended) {
            ended.addAll(sessions);
        }
    }
}
