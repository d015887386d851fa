package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.Destination;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.PoolerState;
import dev.upshift.monitoring.ReplicationSnapshot.SideSample;
import dev.upshift.monitoring.ReplicationSnapshot.TableCounts;
import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.internal.probe.Answer;
import dev.upshift.monitoring.internal.probe.DatabaseReading;
import dev.upshift.monitoring.internal.probe.DatabaseReading.Passing;
import dev.upshift.monitoring.internal.probe.Observation;
import dev.upshift.monitoring.internal.probe.PoolerReading;
import dev.upshift.pooler.PoolerProcess;
import dev.upshift.project.Project;
import dev.upshift.records.SlotContinuity.Doubt;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Side;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Turns observations of one project into judged snapshots, remembering of the earlier ones what times, rates and durations
 * need. Does nothing but arithmetic; not for two threads at once.
 */
public final class Memory {

    private final Judge judge;
    private final LinkHistory links = new LinkHistory();
    private final TableHistory tables = new TableHistory();
    private final ConditionDurations durations = new ConditionDurations();
    private final Map<Side, String> versions = new EnumMap<>(Side.class);
    private Optional<Instant> tablesTakenAt = Optional.empty();

    /** @param retainedLimit a slot that holds back more is warned of */
    public Memory(ByteCount retainedLimit) {
        this.judge = new Judge(retainedLimit);
    }

    /** As {@link #see(Observation, Map)}, with no slot in doubt. */
    public ProjectSample see(Observation observation) {
        return see(observation, Map.of());
    }

    /** @param doubts about slots, by their names */
    public ProjectSample see(Observation observation, Map<String, Doubt> doubts) {
        Project project = observation.project();
        Evidence evidence = new Evidence(
                project,
                Stream.of(Side.values()).map(side -> side(observation, side)).toList(),
                silent(observation),
                passing(observation),
                links.read(observation),
                project.poolers().stream()
                        .map(pooler -> pooler(observation, pooler.name()))
                        .toList(),
                silentPoolers(observation),
                processes(observation),
                tables.read(observation),
                doubts,
                observation.drift());
        Judgement judgement =
                Judgement.of(durations.lasting(observation.at(), judge.conditions(evidence)), Judge.calm(evidence));
        ReplicationSnapshot snapshot = new ReplicationSnapshot(
                project.slug(),
                observation.at(),
                judgement.health(),
                judgement.reasons(),
                evidence.sides(),
                evidence.links().stream().map(LinkEvidence::sample).toList(),
                evidence.poolers(),
                count(evidence.tables()),
                Stream.concat(
                                evidence.silent().values().stream().flatMap(List::stream),
                                evidence.silentPoolers().values().stream())
                        .toList());
        return new ProjectSample(snapshot, evidence.tables(), takenAt(observation));
    }

    private Instant takenAt(Observation observation) {
        boolean seen = observation.answered(observation.currentDirection().to());
        Instant at = seen ? observation.at() : tablesTakenAt.orElse(observation.at());
        tablesTakenAt = Optional.of(at);
        return at;
    }

    private SideSample side(Observation observation, Side side) {
        List<DatabaseReading> readings = observation.readings(side);
        readings.forEach(reading -> versions.put(side, reading.version().toString()));
        boolean fenced = observation.answered(side) && readings.stream().allMatch(DatabaseReading::fenced);
        return new SideSample(side, observation.answered(side), fenced, versions.get(side));
    }

    private static Map<Side, List<String>> silent(Observation observation) {
        Map<Side, List<String>> silent = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            if (!observation.answered(side)) {
                silent.put(side, observation.silence(side));
            }
        }
        return silent;
    }

    private static Map<Side, Passing> passing(Observation observation) {
        Map<Side, Passing> passing = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            List<Passing> all = observation.readings(side).stream()
                    .map(DatabaseReading::passing)
                    .toList();
            passing.put(side, new Passing(together(all, Passing::able), together(all, Passing::writing)));
        }
        return passing;
    }

    private static List<String> together(List<Passing> all, Function<Passing, List<String>> which) {
        return all.stream().flatMap(one -> which.apply(one).stream()).distinct().toList();
    }

    private static Map<String, String> silentPoolers(Observation observation) {
        Map<String, String> silent = new LinkedHashMap<>();
        observation
                .poolers()
                .keySet()
                .forEach(pooler -> observation.silence(pooler).ifPresent(reason -> silent.put(pooler, reason)));
        return silent;
    }

    private static List<PoolerProcess> processes(Observation observation) {
        return observation.poolers().values().stream()
                .flatMap(answer -> answer.given().stream())
                .map(PoolerReading::process)
                .toList();
    }

    private static PoolerSample pooler(Observation observation, String name) {
        return Optional.ofNullable(observation.poolers().get(name))
                .flatMap(Answer::given)
                .map(reading -> new PoolerSample(
                        name,
                        reading.paused() ? PoolerState.PAUSED : PoolerState.SERVING,
                        reading.leadsTo(),
                        reading.clients(),
                        reading.waiting()))
                .orElseGet(() -> new PoolerSample(name, PoolerState.UNREACHABLE, Destination.UNKNOWN, 0, 0));
    }

    private static TableCounts count(List<TableProgress> tables) {
        int pending = 0;
        int copying = 0;
        int ready = 0;
        int error = 0;
        for (TableProgress table : tables) {
            switch (table.state()) {
                case PENDING, INITIALIZING -> pending++;
                case COPYING, FINISHED_COPY, SYNCHRONIZED -> copying++;
                case READY -> ready++;
                case ERROR -> error++;
            }
        }
        return new TableCounts(pending, copying, ready, error);
    }
}
