package dev.upshift.postgres.internal.drift;

import dev.upshift.postgres.internal.drift.DriftComparison.Found;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.schema.SchemaDrift;
import dev.upshift.postgres.schema.SchemaDrift.Difference;
import dev.upshift.postgres.schema.SchemaDrift.Effect;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Compares definitions out of both catalogues, again only when a catalogue has changed. */
@Component
class CatalogueDrift implements SchemaDrift {

    private static final String STATE = SqlResource.read(CatalogueDrift.class, "catalogue-state.sql");
    private static final String ROLES = SqlResource.read(CatalogueDrift.class, "roles-and-settings.sql");

    /** Results that are kept: more than databases that one control plane watches. */
    private static final int KEPT = 200;

    /** The values of settings are compared, not shown. */
    private static final String SETTING = "setting";

    /** A new major brings new versions along. */
    private static final String VERSION = "version of extension";

    private final LinkedHashMap<ComparedStates, List<Difference>> kept = new LinkedHashMap<>();

    @Override
    public List<Difference> between(
            Side leader, PostgresSession leading, PostgresSession following, boolean withoutHeldBack) {
        // First, so that what changes meanwhile is another state and read again the next time.
        Pair<String> states = both(leading, following, CatalogueDrift::state);
        ComparedStates seen = new ComparedStates(leader, withoutHeldBack, states);
        List<Difference> known = known(seen);
        if (known != null) {
            return known;
        }
        List<Difference> differences = compare(leader, leading, following, withoutHeldBack);
        synchronized (kept) {
            kept.putLast(seen, differences);
            while (kept.size() > KEPT) {
                kept.pollFirstEntry();
            }
        }
        return differences;
    }

    private @Nullable List<Difference> known(ComparedStates seen) {
        synchronized (kept) {
            return kept.get(seen);
        }
    }

    private static List<Difference> compare(
            Side leader, PostgresSession leading, PostgresSession following, boolean withoutHeldBack) {
        Pair<List<SchemaObject>> objects = both(
                leading,
                following,
                // Of the target's own roles, those that have nothing to do with the database are its own affair.
                session -> objects(session, withoutHeldBack, leader == Side.SOURCE || session.equals(following)));
        List<Found> found = new DriftComparison(objects.leading(), objects.following()).differences();
        DriftRemedies remedies = new DriftRemedies(leading, following, found);
        return found.stream()
                .filter(one -> !remedies.comesWithParent(one))
                .flatMap(one -> told(one, leader, remedies).stream())
                .sorted(Comparator.comparing(Difference::effect))
                .toList();
    }

    private static List<Difference> told(Found found, Side leader, DriftRemedies remedies) {
        List<Difference> labels = found.isOfLabels() ? labels(found, leader, remedies) : List.of();
        return labels.isEmpty() ? List.of(difference(found, leader, remedies)) : labels;
    }

    /** None where they only stand in another order. */
    private static List<Difference> labels(Found found, Side leader, DriftRemedies remedies) {
        String title = found.object().title();
        Stream<Difference> missing = remedies.missingLabels(found).stream()
                .map(label -> new Difference(
                        Effect.STOPS_REPLICATION,
                        title,
                        "%s lacks the value %s on the %s"
                                .formatted(title, label.text(), leader.other().word()),
                        Optional.of(label.statement())));
        Stream<Difference> surplus = remedies.surplusLabels(found).stream()
                .map(label -> new Difference(
                        Effect.STOPS_WAY_BACK,
                        title,
                        "%s has the value %s only on the %s%s; on the %s: %s"
                                .formatted(
                                        title,
                                        label.text(),
                                        leader.other().word(),
                                        stopsWayBack(leader),
                                        leader.word(),
                                        label.statement()),
                        Optional.empty()));
        return Stream.concat(missing, surplus).toList();
    }

    private static String stopsWayBack(Side leader) {
        return ", which would stop the way back to the " + leader.word();
    }

    private static Difference difference(Found found, Side leader, DriftRemedies remedies) {
        Effect effect = effect(found);
        String consequence = effect == Effect.STOPS_WAY_BACK ? stopsWayBack(leader) : "";
        return new Difference(
                effect, found.object().title(), text(found, leader) + consequence, remedies.statement(found));
    }

    private static Effect effect(Found found) {
        if (found.stopsReplication()) {
            return Effect.STOPS_REPLICATION;
        }
        if (found.stopsWayBack()) {
            return Effect.STOPS_WAY_BACK;
        }
        return found.object().kind().equals(VERSION) ? Effect.USUAL : Effect.STAYS;
    }

    private static String text(Found found, Side leader) {
        String title = found.object().title();
        String follower = leader.other().word();
        SchemaObject there = found.leading();
        SchemaObject here = found.following();
        if (here == null) {
            return title + " is missing on the " + follower;
        }
        if (there == null) {
            return title + " is only on the " + follower;
        }
        if (there.kind().equals(SETTING)) {
            return title + " has another value on the " + follower;
        }
        return title + " differs: "
                + SchemaDifferences.contrast(
                        there.properties(), "the " + leader.word(), here.properties(), "the " + follower);
    }

    private static String state(PostgresSession session) {
        return session.jdbc().sql(STATE).query(String.class).single();
    }

    private static List<SchemaObject> objects(PostgresSession session, boolean withoutHeldBack, boolean allRoles) {
        List<SchemaObject> objects = new ArrayList<>(SchemaObject.of(session, withoutHeldBack));
        objects.addAll(session.jdbc()
                .sql(ROLES)
                .param("all_roles", allRoles)
                .query((row, number) -> new SchemaObject(
                        row.getString("kind"),
                        row.getString("name"),
                        row.getString("parent"),
                        row.getString("definition")))
                .list());
        return objects;
    }

    /** Asks both sides at the same time. */
    private static <T> Pair<T> both(
            PostgresSession leading, PostgresSession following, Function<PostgresSession, T> question) {
        List<T> answers = FanOut.atOnce().share(List.of(leading, following), question);
        return new Pair<>(answers.getFirst(), answers.getLast());
    }

    private record Pair<T>(T leading, T following) {}

    /** What a result holds for. */
    private record ComparedStates(Side leader, boolean withoutHeldBack, Pair<String> states) {}
}
