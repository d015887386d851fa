package dev.upshift.switchover.internal.sequence;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Names;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sequences that were made for fewer values on the side that is entered, such as a serial that became a bigint since. */
public final class NarrowerSequences {

    private final Switch sw;

    public NarrowerSequences(Switch sw) {
        this.sw = sw;
    }

    /**
     * Says which of them cannot hold what they would be set to. Only those whose bounds are narrower are read.
     *
     * @param here as they were made on the side that is left
     * @param there as they were made on the other one
     */
    public Optional<Finding> finding(String database, List<SequenceValue> here, List<SequenceValue> there) {
        Map<String, SequenceValue> bounds =
                there.stream().collect(Collectors.toMap(NarrowerSequences::name, Function.identity()));
        List<SequenceValue> narrower = here.stream()
                .filter(value -> Optional.ofNullable(bounds.get(name(value)))
                        .filter(other -> other.maximum() < value.maximum() || other.minimum() > value.minimum())
                        .isPresent())
                .toList();
        if (narrower.isEmpty()) {
            return Optional.empty();
        }
        List<SequenceValue> wrong = sw.servers().sequences().read(sw.onFrom(database), narrower).stream()
                .filter(value -> Optional.ofNullable(bounds.get(name(value)))
                        .filter(other -> isOutside(wanted(value), other))
                        .isPresent())
                .toList();
        return wrong.isEmpty() ? Optional.empty() : Optional.of(finding(database, wrong));
    }

    private long wanted(SequenceValue value) {
        int margin = sw.project().settings().sequenceMargin();
        return (SequenceLevel.hasRoom(value, margin) ? value.ahead(margin) : value).lastValue();
    }

    private static boolean isOutside(long value, SequenceValue bounds) {
        return value > bounds.maximum() || value < bounds.minimum();
    }

    private Finding finding(String database, List<SequenceValue> wrong) {
        List<String> names = wrong.stream().map(NarrowerSequences::name).toList();
        return new Finding(
                Place.on(sw.to(), database),
                names,
                "%s cannot hold the next values of the %s."
                        .formatted(Names.some(names), sw.from().word()),
                "%s;%s there."
                        .formatted(
                                FencedStatements.one(
                                        sw.project().isFenced(sw.to()), widening(sw.onTo(database), wrong.getFirst())),
                                wrong.size() == 1 ? "" : " and likewise for the others,"));
    }

    private static String widening(PostgresSession session, SequenceValue wanted) {
        return "ALTER SEQUENCE %s.%s AS bigint MINVALUE %d MAXVALUE %d"
                .formatted(
                        session.identifier(wanted.schema()),
                        session.identifier(wanted.name()),
                        wanted.minimum(),
                        wanted.maximum());
    }

    private static String name(SequenceValue value) {
        return value.schema() + "." + value.name();
    }
}
