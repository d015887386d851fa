package dev.upshift.monitoring.internal.judge;

import static dev.upshift.monitoring.ReplicationSnapshot.Health.CRITICAL;
import static dev.upshift.monitoring.ReplicationSnapshot.Health.WARNING;

import dev.upshift.monitoring.ReplicationSnapshot.LinkSample;
import dev.upshift.monitoring.internal.judge.LinkEvidence.End;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.link.WalStatus;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Direction;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/** Whether each link that exists is whole, running, free of errors and close behind. */
final class LinkRules implements Rule {

    /** Setting up, switching and restarting pass through states that would be wrong if they stayed. */
    private static final Duration PASSING = Duration.ofSeconds(10);

    /** Longer than a worker takes to start again after an error or a restart ({@code wal_retrieve_retry_interval}). */
    private static final Duration WORKER_RESTART = Duration.ofSeconds(30);

    /** A slot is created ahead of its subscription when a switch is prepared. */
    private static final Duration PREPARED = Duration.ofMinutes(5);

    private final ByteCount retainedLimit;

    LinkRules(ByteCount retainedLimit) {
        this.retainedLimit = retainedLimit;
    }

    @Override
    public Stream<Condition> examine(Evidence evidence) {
        return evidence.links().stream().flatMap(link -> {
            boolean current = link.sample().direction() == evidence.currentDirection();
            return Stream.of(slot(link), subscription(evidence, link, current), errors(link), lag(evidence, link))
                    .flatMap(conditions -> conditions);
        });
    }

    private Stream<Condition> slot(LinkEvidence link) {
        LinkSample sample = link.sample();
        String publisher = sample.direction().from().word();
        if (link.publisher() == End.ABSENT) {
            return one(Condition.after(
                    PASSING,
                    subject(sample, "slot"),
                    CRITICAL,
                    "The slot %s is missing on the %s while its subscription exists: changes may be lost for good. %s"
                            .formatted(sample.slot(), publisher, remedy(sample))));
        }
        return switch (Objects.requireNonNullElse(sample.walStatus(), WalStatus.RESERVED)) {
            case LOST ->
                one(Condition.atOnce(
                        subject(sample, "slot"),
                        CRITICAL,
                        "The %s has removed WAL that slot %s still needed: the link cannot go on (max_slot_wal_keep_size). %s"
                                .formatted(publisher, sample.slot(), remedy(sample))));
            case UNRESERVED ->
                one(Condition.atOnce(
                        subject(sample, "slot"),
                        CRITICAL,
                        "The %s will soon remove WAL that slot %s still needs. Raise max_slot_wal_keep_size and reload at once, then find out why the link is behind."
                                .formatted(publisher, sample.slot())));
            case RESERVED, EXTENDED -> retained(sample, publisher);
        };
    }

    /** What was lost on the way back is only what came after the switch: nobody is helped by a new initial copy. */
    private static String remedy(LinkSample sample) {
        return sample.direction() == Direction.FORWARD
                ? "The initial copy has to be made again: abandon the upgrade, and begin it anew."
                : "There is no way back without loss any more: stay where you are.";
    }

    private Stream<Condition> retained(LinkSample sample, String publisher) {
        ByteCount retained = sample.retained();
        if (retained == null || retained.compareTo(retainedLimit) <= 0) {
            return Stream.empty();
        }
        return one(Condition.after(
                PASSING,
                subject(sample, "slot"),
                WARNING,
                "Slot %s holds back %s of WAL on the %s. Watch the disk there; if the link does not catch up, find out why."
                        .formatted(sample.slot(), retained, publisher)));
    }

    private static Stream<Condition> subscription(Evidence evidence, LinkEvidence link, boolean current) {
        LinkSample sample = link.sample();
        String subscriber = sample.direction().to().word();
        return switch (link.subscriber()) {
            case UNKNOWN -> Stream.empty();
            case ABSENT ->
                one(Condition.after(
                        current ? WORKER_RESTART : PREPARED,
                        subject(sample, "subscription"),
                        current ? CRITICAL : WARNING,
                        "Nothing on the %s reads slot %s, and it holds back WAL on the %s. If no run is in progress, drop the slot."
                                .formatted(
                                        subscriber,
                                        sample.slot(),
                                        sample.direction().from().word())));
            case PRESENT -> worker(evidence, link, current, subscriber);
        };
    }

    private static Stream<Condition> worker(Evidence evidence, LinkEvidence link, boolean current, String subscriber) {
        LinkSample sample = link.sample();
        String why = Objects.requireNonNullElse(link.failure(), "The log of the %s tells why.".formatted(subscriber));
        if (!sample.enabled()) {
            return one(Condition.after(
                    PASSING,
                    subject(sample, "worker"),
                    current ? CRITICAL : WARNING,
                    "The subscription %s on the %s is disabled: nothing is replicated. An error has stopped it, or somebody. %s Remove the cause, then %s; there."
                            .formatted(
                                    sample.slot(),
                                    subscriber,
                                    why,
                                    FencedStatements.one(
                                            evidence.project()
                                                    .isFenced(sample.direction().to()),
                                            "ALTER SUBSCRIPTION %s ENABLE".formatted(sample.slot())))));
        }
        if (!sample.workerRunning()) {
            String reason =
                    "The apply worker of subscription %s does not run on the %s: an error that repeats, no free worker process, or the %s cannot be reached from there. %s"
                            .formatted(
                                    sample.slot(),
                                    subscriber,
                                    sample.direction().from().word(),
                                    why);
            return Stream.of(
                    Condition.after(PASSING, subject(sample, "worker"), WARNING, reason),
                    Condition.after(WORKER_RESTART, subject(sample, "worker"), CRITICAL, reason));
        }
        return Stream.empty();
    }

    private static Stream<Condition> errors(LinkEvidence link) {
        LinkSample sample = link.sample();
        return link.recentErrors() == 0
                ? Stream.empty()
                : one(Condition.atOnce(
                        subject(sample, "errors"),
                        WARNING,
                        "The %s link of database %s met %d errors within the last minute. The log of the %s has each of them."
                                .formatted(
                                        sample.direction().word(),
                                        sample.database(),
                                        link.recentErrors(),
                                        sample.direction().to().word())));
    }

    private static Stream<Condition> lag(Evidence evidence, LinkEvidence link) {
        LinkSample sample = link.sample();
        ByteCount lag = sample.lag();
        ByteCount limit = new ByteCount(evidence.project().settings().lagThresholdBytes());
        if (lag == null || lag.compareTo(limit) <= 0 || link.subscriber() != End.PRESENT) {
            return Stream.empty();
        }
        if (sample.walStatus() == WalStatus.LOST) {
            return Stream.empty(); // no time mends that, as is said of the slot
        }
        return one(Condition.after(
                PASSING,
                subject(sample, "lag"),
                WARNING,
                "The %s link of database %s is %s behind, more than the %s that a switch allows. Long transactions, index builds and vacuums on the %s slow it down; it may just need time."
                        .formatted(
                                sample.direction().word(),
                                sample.database(),
                                lag,
                                limit,
                                sample.direction().to().word())));
    }

    private static String subject(LinkSample sample, String aspect) {
        return "link:" + sample.database() + ":" + sample.direction() + ":" + aspect;
    }

    private static Stream<Condition> one(Condition condition) {
        return Stream.of(condition);
    }
}
