package dev.upshift.switchover.internal.guard;

import dev.upshift.check.Finding;
import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.SchemaDrift;
import dev.upshift.postgres.SchemaDrift.Difference;
import dev.upshift.postgres.SchemaDrift.Effect;
import dev.upshift.postgres.SubscriberRoom;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.transfer.link.RoomToSubscribe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Clients are to find on the side that is entered what they leave behind, and the way back is to have room. */
final class SchemaGuards {

    /** More than that is not read any more, and the page has to show it. */
    private static final int MOST_NAMES = 100;

    private static final String NAME = "schema-drift";
    private static final String FINE = "Both sides have the same schema, roles and settings.";

    private final Switch sw;
    private final SchemaDrift drift;
    private final SubscriberRoom room;
    private final CompletableFuture<List<Map.Entry<String, List<Difference>>>> compared;

    /** Begins to compare at once: of thousands of tables that takes seconds, and others can look meanwhile. */
    SchemaGuards(Switch sw, SchemaDrift drift, SubscriberRoom room) {
        this.sw = sw;
        this.drift = drift;
        this.room = room;
        this.compared = sw.fanOut()
                .begin(() -> sw.fanOut().map(sw.databases(), database -> Map.entry(database, compare(database))));
    }

    private List<Difference> compare(String database) {
        return drift.between(
                sw.from(),
                sw.pool().session(sw.from(), database, Role.READ),
                sw.pool().session(sw.to(), database, Role.READ),
                false);
    }

    void look(GuardBook book) {
        book.look(
                "source-origins",
                "The %s has workers and origins for the way back."
                        .formatted(sw.from().word()),
                () -> RoomToSubscribe.findings(
                                sw.from(),
                                room.of(sw.onFrom(sw.databases().getFirst())),
                                sw.databases().size(),
                                false)
                        .stream()
                        .map(Finding::sentence)
                        .toList());
        lookAtDrift(book);
    }

    /**
     * What stops replication is let pass by nobody. Going back waits for nothing else: it may be all that helps. But what
     * would stop it from being taken back in turn, after clients were moved, has to be accepted there, and is mended before
     * a cutover.
     */
    private void lookAtDrift(GuardBook book) {
        List<Map.Entry<String, List<Difference>>> differences;
        try {
            differences = FanOut.answer(compared);
        } catch (RuntimeException unknown) {
            book.look(NAME, FINE, () -> {
                throw unknown;
            });
            return;
        }
        List<String> stopping = told(differences, Difference::stopsReplication);
        List<String> wayBack = told(differences, Difference::stopsWayBack);
        List<String> others = told(differences, difference -> difference.effect() == Effect.STAYS);
        List<String> usual = told(differences, Difference::usual);
        List<String> all =
                Stream.of(stopping, wayBack, others).flatMap(List::stream).toList();
        String fine = usual.isEmpty() ? FINE : FINE + " Only said: " + String.join(" ", usual);
        boolean accepts = sw.project().settings().accepts(Acceptance.SCHEMA_DRIFT);
        boolean back = sw.from() == Side.TARGET;
        if (back && stopping.isEmpty() && wayBack.isEmpty() && !others.isEmpty()) {
            book.look(NAME, "Going back does not wait for what is different: " + String.join(" ", others), List::of);
        } else {
            book.look(NAME, fine, accepts && stopping.isEmpty() && (back || wayBack.isEmpty()), () -> all);
        }
    }

    private List<String> told(List<Map.Entry<String, List<Difference>>> all, Predicate<Difference> which) {
        return all.stream()
                .flatMap(one -> told(one.getKey(), one.getValue(), which).stream())
                .toList();
    }

    private List<String> told(String database, List<Difference> differences, Predicate<Difference> which) {
        boolean fenced = sw.fence().before(sw.to(), database).isPresent();
        List<String> sentences = differences.stream()
                .filter(which)
                .limit(MOST_NAMES)
                .map(difference -> database + ": " + difference.sentence(sw.to(), fenced))
                .toList();
        long more = differences.stream().filter(which).count() - sentences.size();
        if (more <= 0) {
            return sentences;
        }
        List<String> cut = new ArrayList<>(sentences);
        cut.add("%s: and %d more differences.".formatted(database, more));
        return cut;
    }
}
