package dev.upshift.switchover.internal.guard;

import dev.upshift.check.CheckList;
import dev.upshift.check.Inspection;
import dev.upshift.check.replication.AlwaysTriggers;
import dev.upshift.check.replication.IdentityFullTypes;
import dev.upshift.check.replication.ReplicaIdentity;
import dev.upshift.check.replication.RowSecurityCheck;
import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.postgres.Catalog.ServerFacts;
import dev.upshift.postgres.FencedStatements;
import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.Links.SlotState;
import dev.upshift.postgres.Links.SubscriptionState;
import dev.upshift.postgres.Sequences.SequenceValue;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.look.FeedingLink;
import dev.upshift.switchover.internal.look.WaitingWriters;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.sequence.NarrowerSequences;
import dev.upshift.verification.Verifications;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at both servers and says what a switch must not start without. */
final class SwitchGuards {

    private static final CheckList<Inspection> REPLICATION = CheckList.of(
            List.of(new ReplicaIdentity(), new IdentityFullTypes(), new RowSecurityCheck(), new AlwaysTriggers()));

    private final Switch sw;
    private final Verifications verifications;

    SwitchGuards(Switch sw, Verifications verifications) {
        this.sw = sw;
        this.verifications = verifications;
    }

    void look(GuardBook book) {
        if (!book.look("servers-reachable", "Both sides answer.", this::servers)) {
            return; // the others would only repeat it
        }
        book.look("sees-sessions", "Our role sees the transactions of others.", () -> each(this::blind));
        new ObjectGuards(sw, verifications).look(book);
        book.look("workers-running", "The apply workers run.", () -> each(this::workers));
        book.look("lag", "The lag is under the threshold.", () -> each(this::lag));
        book.addAll(REPLICATION.guards(sw));
        book.look(
                "sequences",
                "The target has every sequence and each may be set."
                        .replace("target", sw.to().word()),
                () -> each(this::sequences));
        book.look("indexes-built", "No index or constraint is held back any more.", this::indexes);
        book.look(
                "long-transactions",
                "No transaction is older than the limit.",
                () -> Stream.concat(each(this::longTransactions).stream(), writingOnTo().stream())
                        .toList());
        book.look("prepared-transactions", "No prepared transaction is open.", () -> each(this::prepared));
        book.look(
                "way-back-capacity",
                "The " + sw.to().word() + " has room for the slot of the way back.",
                this::capacity);
        book.look(
                "opposite-link",
                "The %s can connect to the %s for the way back."
                        .formatted(sw.from().word(), sw.to().word()),
                () -> each(this::oppositeLink));
    }

    private List<String> each(Function<String, List<String>> look) {
        return sw.fanOut().map(sw.databases(), look).stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<String> servers() {
        List<String> wrong = new ArrayList<>();
        for (Side side : Side.values()) {
            ServerFacts facts = sw.servers()
                    .catalog()
                    .server(sw.pool().work(side, sw.databases().getFirst()));
            if (facts.inRecovery()) {
                wrong.add("The " + side.word() + " is in recovery: it is a standby, not a primary.");
            }
            if (!"logical".equals(facts.walLevel())) {
                wrong.add("The %s has wal_level = %s; set it to logical, which needs a restart."
                        .formatted(side.word(), facts.walLevel()));
            }
        }
        sw.databases().forEach(database -> sw.onTo(database));
        return wrong;
    }

    /** Who is in the way on the side that is entered is asked for as well: a slot is made there, and clients come. */
    private List<String> blind(String database) {
        return Stream.of(sw.from(), sw.to())
                .filter(side ->
                        !sw.servers().catalog().seesOtherSessions(sw.pool().work(side, database)))
                .map(side -> "%s: our role does not see open transactions on the %s; %s; there."
                        .formatted(
                                database,
                                side.word(),
                                FencedStatements.one(
                                        sw.project().isFenced(side), "GRANT pg_read_all_stats TO our role")))
                .toList();
    }

    private List<String> workers(String database) {
        Optional<SubscriptionState> state = sw.servers().links().subscription(sw.onTo(database), sw.link(database));
        if (state.isEmpty()) {
            return List.of("%s: the subscription %s is missing on the %s."
                    .formatted(database, sw.link(database), sw.to().word()));
        }
        if (!state.get().enabled()) {
            return List.of("%s: the subscription %s on the %s is disabled. %s Remove the cause, then %s; there."
                    .formatted(
                            database,
                            sw.link(database),
                            sw.to().word(),
                            whyStopped(database),
                            FencedStatements.one(
                                    sw.project().isFenced(sw.to()),
                                    "ALTER SUBSCRIPTION %s ENABLE".formatted(sw.link(database)))));
        }
        return state.get().workerPid() == null
                ? List.of("%s: no apply worker is running on the %s. %s"
                        .formatted(database, sw.to().word(), whyStopped(database)))
                : List.of();
    }

    /** In the server's own words, if our role may read them. */
    private String whyStopped(String database) {
        return sw.servers()
                .workerErrors()
                .told(sw.onTo(database), sw.link(database))
                .ofApply();
    }

    private List<String> lag(String database) {
        ByteCount limit = new ByteCount(sw.project().settings().lagThresholdBytes());
        Optional<SlotState> slot = sw.servers().links().slot(sw.onFrom(database), sw.link(database));
        if (slot.isEmpty()) {
            return List.of("%s: the slot %s is missing on the %s."
                    .formatted(database, sw.link(database), sw.from().word()));
        }
        if (slot.get().isLost()) {
            return FeedingLink.of(sw, database).broken().stream().toList();
        }
        ByteCount behind = slot.get().behind();
        return behind.compareTo(limit) > 0
                ? List.of("%s: the %s is %s behind; a switch needs less than %s."
                        .formatted(database, sw.to().word(), behind, limit))
                : List.of();
    }

    private List<String> sequences(String database) {
        List<SequenceValue> there = sw.servers().sequences().defined(sw.onTo(database));
        List<SequenceValue> here = sw.servers().sequences().defined(sw.onFrom(database));
        Set<String> present = names(there);
        List<String> wrong = new ArrayList<>();
        Set<String> missing = names(here);
        missing.removeAll(present);
        if (!missing.isEmpty()) {
            wrong.add("%s: the %s lacks the sequences %s."
                    .formatted(database, sw.to().word(), Names.some(List.copyOf(missing))));
        }
        new NarrowerSequences(sw).objection(database, here, there).ifPresent(wrong::add);
        List<String> forbidden = sw.servers().sequences().notSettable(sw.onTo(database));
        if (!forbidden.isEmpty()) {
            wrong.add("%s: our role may not set %s on the %s; grant UPDATE."
                    .formatted(database, Names.some(forbidden), sw.to().word()));
        }
        return wrong;
    }

    private static Set<String> names(List<SequenceValue> values) {
        return values.stream()
                .map(value -> value.schema() + "." + value.name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> indexes() {
        List<String> waiting = sw.records().heldBack().databases(sw.project().id());
        return waiting.isEmpty()
                ? List.of()
                : List.of("Indexes and constraints of %s are not built on the target yet; run “Replicate” to its end."
                        .formatted(String.join(", ", waiting)));
    }

    private List<String> longTransactions(String database) {
        Duration limit = sw.project().settings().longTransactionLimit();
        return sw.servers().catalog().openTransactions(sw.onFrom(database)).stream()
                .filter(transaction -> transaction.age().compareTo(limit) > 0)
                .map(transaction -> "%s: a transaction has been open for %d s (pid %d, user %s, application %s)."
                        .formatted(
                                database,
                                transaction.age().toSeconds(),
                                transaction.pid(),
                                transaction.user(),
                                transaction.application()))
                .limit(3)
                .toList();
    }

    /** Whoever applies what comes from the other side is another matter: the lag. */
    private List<String> writingOnTo() {
        return WaitingWriters.ofSlots(
                sw.to(),
                sw.project().settings().longTransactionLimit(),
                sw.servers()
                        .catalog()
                        .writingTransactions(sw.onTo(sw.databases().getFirst())));
    }

    private List<String> prepared(String database) {
        int count = sw.servers().catalog().preparedTransactions(sw.onFrom(database));
        return count == 0
                ? List.of()
                : List.of("%s: %d prepared transactions are open (pg_prepared_xacts); commit or roll them back."
                        .formatted(database, count));
    }

    private List<String> capacity() {
        ServerFacts facts = sw.servers().catalog().server(sw.onTo(sw.databases().getFirst()));
        int needed = sw.databases().size();
        return facts.freeSlots() < needed || facts.freeSenders() < needed
                ? List.of(
                        "The %s has %d free slots and %d free WAL senders, the way back needs %d; raise max_replication_slots or max_wal_senders."
                                .formatted(sw.to().word(), facts.freeSlots(), facts.freeSenders(), needed))
                : List.of();
    }

    private List<String> oppositeLink(String database) {
        if (!sw.servers().helperSchema().exists(sw.onFrom(database))) {
            return List.of("%s: the schema %s is missing on the %s."
                    .formatted(database, HelperSchema.NAME, sw.from().word()));
        }
        sw.servers()
                .links()
                .probe(sw.onFrom(database), sw.project().cluster(sw.to()).peer(), database, sw.wayBack(database));
        return List.of();
    }
}
