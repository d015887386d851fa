package dev.upshift.transfer.link;

import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.Links.Home;
import dev.upshift.postgres.link.Links.SlotState;
import dev.upshift.postgres.link.Links.Subscriber;
import dev.upshift.project.Project;
import dev.upshift.records.KnownSubscriber;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Takes links and the helper schema away, and tells what of ours is still there. */
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
        dropSubscriber(pool, project, database, direction);
        dropPublisher(pool, project, database, direction, forsaken(pool, database, direction));
    }

    /**
     * Drops what of a link is on one side, and asks nothing of the other, which is gone.
     *
     * @param subscriber who subscribed over the link, as far as it is known
     */
    public void dropHalf(
            SessionPool pool,
            Project project,
            String database,
            Direction direction,
            Side side,
            Optional<KnownSubscriber> subscriber) {
        if (direction.to() == side) {
            dropSubscriber(pool, project, database, direction);
        } else {
            dropPublisher(pool, project, database, direction, madeBy(pool, database, direction, subscriber));
        }
    }

    private void dropSubscriber(SessionPool pool, Project project, String database, Direction direction) {
        String link = LinkNames.link(project.slug(), database, direction);
        run(pool, direction, true, database, session -> links.dropSubscription(session, link));
    }

    private void dropPublisher(
            SessionPool pool, Project project, String database, Direction direction, List<String> copies) {
        String link = LinkNames.link(project.slug(), database, direction);
        run(pool, direction, false, database, session -> {
            links.dropSlot(session, link);
            copies.forEach(slot -> links.dropSlot(session, slot));
            links.dropPublication(session, link);
        });
    }

    private List<String> madeBy(
            SessionPool pool, String database, Direction direction, Optional<KnownSubscriber> subscriber) {
        return subscriber
                .map(known -> copies(pool, database, direction).stream()
                        .map(SlotState::name)
                        .filter(known::made)
                        .toList())
                .orElse(List.of());
    }

    /**
     * Slots of table copies that nobody uses now, in a database from which a side that is gone may have copied. Whose
     * they are cannot be told where its subscriber is not known.
     */
    public List<String> idleCopies(SessionPool pool, String database, Side side) {
        return copies(pool, database, side.outbound()).stream()
                .filter(slot -> !slot.active())
                .map(SlotState::name)
                .filter(KnownSubscriber::isOfACopy)
                .toList();
    }

    private List<SlotState> copies(SessionPool pool, String database, Direction direction) {
        return pool
                .reliably(
                        direction.from(),
                        database,
                        SessionPool.Role.WORK,
                        session -> links.slotsBeginning(session, COPIES))
                .stream()
                .filter(slot -> slot.database().equals(database))
                .toList();
    }

    /**
     * Slots of table copies of the direction's subscriber whose subscription is gone. The slots are looked at first: a
     * subscription that begins between both looks has none among them.
     */
    private List<String> forsaken(SessionPool pool, String database, Direction direction) {
        List<String> copies =
                copies(pool, database, direction).stream().map(SlotState::name).toList();
        if (copies.isEmpty()) {
            return copies;
        }
        Subscriber subscriber = pool.reliably(direction.to(), database, SessionPool.Role.WORK, links::subscriber);
        return copies.stream().filter(subscriber::hasForsaken).toList();
    }

    /**
     * The project's databases that are called otherwise on the side now, each with the name that it has. They are told by
     * what stays when a database is renamed: its oid, as far as that was kept of this very cluster, and our subscription
     * in it.
     *
     * @param within a database of the side that lets us in
     * @param subscribers who subscribed over a link, by its name, as far as it is known
     */
    public Map<String, String> renamed(
            SessionPool pool,
            Project project,
            Side side,
            String within,
            Function<String, Optional<KnownSubscriber>> subscribers) {
        Map<String, String> byLink = new TreeMap<>();
        project.databases()
                .forEach(database -> byLink.put(
                        LinkNames.link(project.slug(), database, side.other().outbound()), database));
        Subscriber cluster = pool.reliably(side, within, SessionPool.Role.WORK, links::subscriber);
        Map<Long, String> byOid = new TreeMap<>();
        byLink.forEach((link, database) -> subscribers
                .apply(link)
                .filter(known -> known.database() != 0 && known.systemIdentifier() == cluster.systemIdentifier())
                .ifPresent(known -> byOid.put(known.database(), database)));
        List<Home> homes = pool.reliably(
                side, within, SessionPool.Role.WORK, session -> links.homes(session, byOid.keySet(), byLink.keySet()));
        Map<String, String> renamed = new TreeMap<>();
        for (Home home : homes) {
            Stream.concat(
                            Stream.ofNullable(byOid.get(home.oid())),
                            home.subscriptions().stream().map(byLink::get))
                    .filter(database -> !database.equals(home.name()))
                    .forEach(database -> renamed.put(database, home.name()));
        }
        return renamed;
    }

    private static void run(
            SessionPool pool,
            Direction direction,
            boolean subscriber,
            String database,
            java.util.function.Consumer<dev.upshift.postgres.session.PostgresSession> work) {
        pool.reliably(subscriber ? direction.to() : direction.from(), database, SessionPool.Role.WORK, session -> {
            work.accept(session);
            return database;
        });
    }

    /** What of ours is still on either side, one phrase each; empty is the proof that nothing is left. */
    public List<String> left(SessionPool pool, Project project) {
        return project.databases().stream()
                .flatMap(database -> left(pool, project, database).stream())
                .toList();
    }

    /** The same of one database. */
    public List<String> left(SessionPool pool, Project project, String database) {
        List<String> left = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            String link = LinkNames.link(project.slug(), database, direction);
            leftAtSubscriber(pool, database, direction, link, left);
            leftAtPublisher(pool, database, direction, link, forsaken(pool, database, direction), left);
        }
        Arrays.stream(Side.values()).forEach(side -> leftOfSchema(pool, database, side, left));
        return left;
    }

    /**
     * The same of one side, where the other is gone.
     *
     * @param subscribers who subscribed over a link, by its name, as far as it is known
     */
    public List<String> left(
            SessionPool pool, Project project, Side side, Function<String, Optional<KnownSubscriber>> subscribers) {
        return project.databases().stream()
                .flatMap(database -> left(pool, project, database, side, subscribers).stream())
                .toList();
    }

    /** The same of one database on one side, where the other side is gone or has no such database any more. */
    public List<String> left(
            SessionPool pool,
            Project project,
            String database,
            Side side,
            Function<String, Optional<KnownSubscriber>> subscribers) {
        List<String> left = new ArrayList<>();
        Direction outbound = side.outbound();
        String link = LinkNames.link(project.slug(), database, outbound);
        List<String> copies = madeBy(pool, database, outbound, subscribers.apply(link));
        leftAtPublisher(pool, database, outbound, link, copies, left);
        Direction inbound = outbound.opposite();
        leftAtSubscriber(pool, database, inbound, LinkNames.link(project.slug(), database, inbound), left);
        leftOfSchema(pool, database, side, left);
        return left;
    }

    private void leftOfSchema(SessionPool pool, String database, Side side, List<String> left) {
        if (pool.reliably(side, database, SessionPool.Role.WORK, helperSchema::exists)) {
            left.add("schema %s in %s on the %s".formatted(HelperSchema.NAME, database, side.word()));
        }
    }

    private void leftAtSubscriber(
            SessionPool pool, String database, Direction direction, String link, List<String> left) {
        if (pool.reliably(direction.to(), database, SessionPool.Role.WORK, s -> links.subscription(s, link))
                .isPresent()) {
            left.add("subscription " + link + " on the " + direction.to().word());
        }
    }

    private void leftAtPublisher(
            SessionPool pool,
            String database,
            Direction direction,
            String link,
            List<String> copies,
            List<String> left) {
        String there = " on the " + direction.from().word();
        pool.reliably(direction.from(), database, SessionPool.Role.WORK, s -> links.slotsBeginning(s, link)).stream()
                .map(SlotState::name)
                .forEach(slot -> left.add("slot " + slot + there));
        copies.forEach(slot -> left.add("slot " + slot + " of an unfinished table copy" + there));
        if (pool.reliably(direction.from(), database, SessionPool.Role.WORK, s -> links.hasPublication(s, link))) {
            left.add("publication " + link + there);
        }
    }
}
