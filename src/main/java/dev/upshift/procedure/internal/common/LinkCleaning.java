package dev.upshift.procedure.internal.common;

import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.LinkNames;
import dev.upshift.postgres.Links;
import dev.upshift.postgres.Links.SlotState;
import dev.upshift.postgres.Links.Subscriber;
import dev.upshift.project.Project;
import dev.upshift.shared.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Takes links and the helper schema away, and tells what of ours is still there. */
@Component
public class LinkCleaning {

    /** What the names of slots begin with over which PostgreSQL copies tables. */
    private static final String COPIES = "pg_";

    private final Links links;
    private final HelperSchema helperSchema;

    public LinkCleaning(Links links, HelperSchema helperSchema) {
        this.links = links;
        this.helperSchema = helperSchema;
    }

    /**
     * Drops subscription, slots and publication; what is gone already is fine. Slots of unfinished table copies are found
     * by the subscriber that made them, also by a later attempt that finds the subscription gone.
     */
    public void dropLink(SessionPool pool, Project project, String database, Direction direction) {
        String link = LinkNames.link(project.slug(), database, direction);
        run(pool, direction, true, database, session -> links.dropSubscription(session, link));
        List<String> forsaken = forsaken(pool, database, direction);
        run(pool, direction, false, database, session -> {
            links.dropSlot(session, link);
            forsaken.forEach(slot -> links.dropSlot(session, slot));
            links.dropPublication(session, link);
        });
    }

    /**
     * Slots of table copies of the direction's subscriber whose subscription is gone. The slots are looked at first: a
     * subscription that begins between both looks has none among them.
     */
    private List<String> forsaken(SessionPool pool, String database, Direction direction) {
        List<String> copies = pool
                .reliably(
                        direction.from(),
                        database,
                        SessionPool.Role.WORK,
                        session -> links.slotsBeginning(session, COPIES))
                .stream()
                .filter(slot -> slot.database().equals(database))
                .map(SlotState::name)
                .toList();
        if (copies.isEmpty()) {
            return copies;
        }
        Subscriber subscriber = pool.reliably(direction.to(), database, SessionPool.Role.WORK, links::subscriber);
        return copies.stream().filter(subscriber::hasForsaken).toList();
    }

    private static void run(
            SessionPool pool,
            Direction direction,
            boolean subscriber,
            String database,
            java.util.function.Consumer<dev.upshift.postgres.PostgresSession> work) {
        pool.reliably(subscriber ? direction.to() : direction.from(), database, SessionPool.Role.WORK, session -> {
            work.accept(session);
            return database;
        });
    }

    /** What of ours is still on either side, one phrase each; empty is the proof that nothing is left. */
    public List<String> left(SessionPool pool, Project project) {
        List<String> left = new ArrayList<>();
        for (String database : project.databases()) {
            for (Direction direction : Direction.values()) {
                leftOfLink(pool, database, direction, LinkNames.link(project.slug(), database, direction), left);
                if (pool.reliably(direction.from(), database, SessionPool.Role.WORK, helperSchema::exists)) {
                    left.add("schema %s in %s on the %s"
                            .formatted(
                                    HelperSchema.NAME,
                                    database,
                                    direction.from().word()));
                }
            }
        }
        return left;
    }

    private void leftOfLink(SessionPool pool, String database, Direction direction, String link, List<String> left) {
        Function<String, String> on = what -> what + " " + link;
        if (pool.reliably(direction.to(), database, SessionPool.Role.WORK, s -> links.subscription(s, link))
                .isPresent()) {
            left.add(on.apply("subscription") + " on the " + direction.to().word());
        }
        pool.reliably(direction.from(), database, SessionPool.Role.WORK, s -> links.slotsBeginning(s, link)).stream()
                .map(SlotState::name)
                .forEach(slot ->
                        left.add("slot " + slot + " on the " + direction.from().word()));
        forsaken(pool, database, direction)
                .forEach(slot -> left.add("slot %s of an unfinished table copy on the %s"
                        .formatted(slot, direction.from().word())));
        if (pool.reliably(direction.from(), database, SessionPool.Role.WORK, s -> links.hasPublication(s, link))) {
            left.add(on.apply("publication") + " on the " + direction.from().word());
        }
    }
}
