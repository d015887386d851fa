package dev.upshift.switchover.internal.window;

import dev.upshift.engine.Fact;
import dev.upshift.engine.RunFacts;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.switchover.internal.route.Lifted;
import dev.upshift.switchover.internal.route.SessionList;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Lifts the fence that an earlier switch has left on the side that is entered, and keeps in mind what that came to. */
final class EnteredFence {

    private static final Fact<String> ENDED = Fact.text("endedBehindFence");
    private static final Fact<String> LEFT = Fact.text("leftBehindFence");

    private final Switch sw;
    private final List<Lifted> lifted = new CopyOnWriteArrayList<>();

    /** Who was in the way and was ended, in sentences. */
    private final List<String> holders = new CopyOnWriteArrayList<>();

    EnteredFence(Switch sw) {
        this.sw = sw;
    }

    /** From here on clients can write there. An earlier owner that hangs must not end them when they have come. */
    void lift() {
        if (sw.databases().stream()
                .anyMatch(database -> sw.fence().before(sw.to(), database).isPresent())) {
            sw.formerOwner().awaitEnded(sw.to());
        }
        try {
            sw.fanOut().forEach(sw.databases(), database -> note(sw.fence().lift(sw.to(), database)));
        } finally {
            holders.addAll(sw.fence().takeNotes());
        }
    }

    private void note(Lifted now) {
        if (!now.equals(Lifted.NOTHING)) {
            lifted.add(now); // this is repeated while a pooler is away
        }
    }

    /** To follow a sentence; nothing where nobody was there. */
    String words() {
        List<ClientSession> ended = ended();
        String met = ended.isEmpty()
                ? ""
                : " %s on the %s had begun behind its fence and %s ended: %s."
                        .formatted(
                                ended.size() == 1 ? "1 session" : ended.size() + " sessions",
                                sw.to().word(),
                                ended.size() == 1 ? "was" : "were",
                                SessionList.words(ended));
        List<String> problems = problems();
        return problems.isEmpty() ? met : met + " " + String.join(" ", problems);
    }

    RunFacts facts() {
        RunFacts met = SessionList.facts(ENDED, ended());
        return problems().isEmpty() ? met : met.and(LEFT.of(String.join(" ", problems())));
    }

    private List<ClientSession> ended() {
        return lifted.stream().flatMap(one -> one.ended().stream()).toList();
    }

    private List<String> problems() {
        return Stream.concat(holders.stream(), lifted.stream().flatMap(one -> one.problems().stream()))
                .toList();
    }
}
