package dev.upshift.check.replication;

import dev.upshift.postgres.catalog.TableIdentity;
import dev.upshift.postgres.catalog.TableIdentity.Setting;
import dev.upshift.shared.PostgresVersion;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Judges whether UPDATE and DELETE of every table can be published by one side and applied by the other. Each side
 * publishes at some time: the source until the switch, the target after it.
 */
final class IdentityJudgement {

    /** The first major that refuses UPDATE and DELETE where the identity holds what is not published. */
    private static final int REFUSES_GENERATED = 18;

    private static final String STOPS = "the %s stops applying at the first UPDATE or DELETE";
    private static final String OTHER_KEY = "ALTER TABLE %s REPLICA IDENTITY FULL, or USING INDEX with another unique"
            + " index over NOT NULL columns, or add a primary key that is not deferrable; on both sides";
    private static final String PLAIN_KEY = "give %s a primary key, or a unique index over NOT NULL columns, without"
            + " generated columns, and set REPLICA IDENTITY DEFAULT or USING INDEX; on both sides";

    private IdentityJudgement() {}

    /** One side of one database. */
    record OneSide(Side side, PostgresVersion version, List<TableIdentity> tables) {}

    /** Which guard it is for. */
    enum Topic {
        IDENTITY,
        TYPES
    }

    /**
     * @param side where it is to be mended
     * @param reason what is so, and what follows
     * @param remedy with a placeholder for the table
     */
    record Flaw(Topic topic, TableName table, Side side, String reason, String remedy) {}

    /** All flaws, first those of the direction from {@code one} to {@code other}. */
    static List<Flaw> both(OneSide one, OneSide other) {
        List<Flaw> flaws = new ArrayList<>(oneWay(one, other));
        flaws.addAll(oneWay(other, one));
        return List.copyOf(flaws);
    }

    private static List<Flaw> oneWay(OneSide publisher, OneSide subscriber) {
        Map<TableName, TableIdentity> there =
                subscriber.tables().stream().collect(Collectors.toMap(TableIdentity::name, Function.identity()));
        List<Flaw> flaws = new ArrayList<>();
        for (TableIdentity table : publisher.tables()) {
            Optional<Flaw> published = published(table, publisher);
            TableIdentity other = there.get(table.name());
            if (published.isPresent()) {
                flaws.add(published.get());
            } else if (other != null) {
                applied(table, other, subscriber.side()).ifPresent(flaws::add);
            }
        }
        return flaws;
    }

    private static Optional<Flaw> published(TableIdentity table, OneSide publisher) {
        Side side = publisher.side();
        boolean refusing = publisher.version().isAtLeast(REFUSES_GENERATED);
        String fails = "an UPDATE or DELETE of the application fails as soon as the %s publishes the table"
                .formatted(side.word());
        if (table.setting() == Setting.NOTHING) {
            return flaw(
                    table,
                    side,
                    "it has REPLICA IDENTITY NOTHING, so " + fails,
                    "ALTER TABLE %s REPLICA IDENTITY DEFAULT if it has a primary key, else FULL");
        }
        if (table.setting() == Setting.FULL) {
            return refusing && !table.generated().isEmpty()
                    ? flaw(
                            table,
                            side,
                            "REPLICA IDENTITY FULL takes in the generated column %s, which is not published, so from version %d on %s"
                                    .formatted(columns(table.generated()), REFUSES_GENERATED, fails),
                            PLAIN_KEY)
                    : Optional.empty();
        }
        if (table.published().isEmpty()) {
            return flaw(table, side, unusable(table) + ", so " + fails, remedy(table));
        }
        List<String> unpublished = common(table.published(), table.generated());
        return unpublished.isEmpty()
                ? Optional.empty()
                : flaw(
                        table,
                        side,
                        "its key has the generated column %s, which is not published, so %s"
                                .formatted(
                                        columns(unpublished),
                                        refusing
                                                ? fails
                                                : STOPS.formatted(side.other().word())),
                        PLAIN_KEY);
    }

    private static String unusable(TableIdentity table) {
        String key = table.setting() == Setting.INDEX ? "the index of its replica identity" : "its primary key";
        return switch (table.state()) {
            case NONE ->
                table.setting() == Setting.INDEX
                        ? "the index of its REPLICA IDENTITY USING INDEX was dropped"
                        : "it has neither a primary key nor another replica identity";
            case DEFERRABLE -> key + " is deferrable and therefore identifies no row for replication";
            case INVALID, USABLE -> key + " is not valid";
        };
    }

    private static String remedy(TableIdentity table) {
        return switch (table.state()) {
            case NONE ->
                table.primaryKey().isEmpty() ? OTHER_KEY : "ALTER TABLE %s REPLICA IDENTITY DEFAULT; on both sides";
            case DEFERRABLE -> OTHER_KEY;
            case INVALID, USABLE -> "REINDEX TABLE %s";
        };
    }

    /** Whether the subscriber finds rows by what the publisher sends. */
    private static Optional<Flaw> applied(TableIdentity published, TableIdentity table, Side side) {
        boolean whole = published.setting() == Setting.FULL;
        String stops = STOPS.formatted(side.word());
        List<String> wanted = table.lookedUp();
        if (wanted.isEmpty()) {
            if (!whole) {
                return flaw(
                        table,
                        side,
                        "it has no key by which rows are found there, so " + stops,
                        "give %s the primary key or the index that the other side has");
            }
            return table.withoutEquality().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Flaw(
                            Topic.TYPES,
                            table.name(),
                            side,
                            "rows are found there by all their columns, and no server can compare %s, so %s"
                                    .formatted(columns(table.withoutEquality()), stops),
                            "give %s a primary key; on both sides"));
        }
        List<String> missing = new ArrayList<>(wanted);
        if (whole) {
            missing.retainAll(published.generated());
        } else {
            missing.removeAll(published.published());
        }
        return missing.isEmpty()
                ? Optional.empty()
                : flaw(
                        table,
                        side,
                        "rows are found there by %s, but the %s sends %s, so %s"
                                .formatted(
                                        columns(wanted),
                                        side.other().word(),
                                        whole ? "no generated column" : "only " + columns(published.published()),
                                        stops),
                        "set the same REPLICA IDENTITY for %s on both sides");
    }

    private static Optional<Flaw> flaw(TableIdentity table, Side side, String reason, String remedy) {
        return Optional.of(new Flaw(Topic.IDENTITY, table.name(), side, reason, remedy));
    }

    private static List<String> common(List<String> some, List<String> others) {
        List<String> common = new ArrayList<>(some);
        common.retainAll(others);
        return common;
    }

    private static String columns(List<String> names) {
        return String.join(", ", names);
    }
}
