package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.SchemaDrift;
import dev.upshift.postgres.SchemaDrift.Difference;
import dev.upshift.postgres.SubscriberRoom;
import dev.upshift.procedure.internal.common.GuardBook;
import dev.upshift.procedure.internal.common.RoomToSubscribe;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

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
        this.compared = sw.parts()
                .concurrently()
                .begin(() -> sw.parts()
                        .concurrently()
                        .map(sw.databases(), database -> Map.entry(database, compare(database))));
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
                () -> RoomToSubscribe.objections(
                        sw.from(),
                        room.of(sw.onFrom(sw.databases().getFirst())),
                        sw.databases().size(),
                        false));
        lookAtDrift(book);
    }

    /** Going back does not wait for anything but what stops replication: it may be all that helps. */
    private void lookAtDrift(GuardBook book) {
        List<String> stopping = new ArrayList<>();
        List<String> others = new ArrayList<>();
        List<String> usual = new ArrayList<>();
        try {
            compared.join().forEach(one -> {
                String database = one.getKey();
                List<Difference> differences = one.getValue();
                stopping.addAll(told(database, differences, Difference::stopsReplication));
                others.addAll(told(
                        database, differences, difference -> !difference.stopsReplication() && !difference.usual()));
                usual.addAll(told(database, differences, Difference::usual));
            });
        } catch (CompletionException failed) {
            RuntimeException unknown = failed.getCause() instanceof RuntimeException cause ? cause : failed;
            book.look(NAME, FINE, () -> {
                throw unknown;
            });
            return;
        }
        List<String> all = new ArrayList<>(stopping);
        all.addAll(others);
        String fine = usual.isEmpty() ? FINE : FINE + " Only said: " + String.join(" ", usual);
        if (sw.from() == Side.TARGET && stopping.isEmpty() && !others.isEmpty()) {
            book.look(NAME, "Going back does not wait for what is different: " + String.join(" ", others), List::of);
        } else {
            boolean accepted = stopping.isEmpty() && sw.project().settings().accepts(Acceptance.SCHEMA_DRIFT);
            book.look(NAME, fine, accepted, () -> all);
        }
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
