package dev.upshift.dashboard.web.project;

import dev.upshift.engine.Run;
import dev.upshift.monitoring.Monitoring.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the lag chart draws.
 *
 * @param from left end of the time axis, seconds since 1970
 * @param to right end
 * @param at times of the points, seconds since 1970
 * @param lagBytes the largest lag at each of them; null where it was not known
 * @param marks runs that began in between
 * @param sentence the chart in words
 */
public record LagChart(
        long from, long to, List<Double> at, List<@Nullable Long> lagBytes, List<Mark> marks, String sentence) {

    /** More points than this are not told apart on a screen. */
    static final int MOST_POINTS = 600;

    /** A run that began at that time. */
    public record Mark(double at, String label) {}

    static LagChart of(Instant from, Instant to, List<Sample> samples, List<Run> runs, String sentence) {
        List<Sample> kept = thin(samples);
        List<@Nullable Long> lags = new ArrayList<>();
        kept.forEach(sample -> lags.add(sample.lagBytes()));
        return new LagChart(
                from.getEpochSecond(),
                to.getEpochSecond(),
                kept.stream().map(sample -> seconds(sample.at())).toList(),
                lags,
                runs.stream()
                        .filter(run -> !run.startedAt().isBefore(from))
                        .sorted((one, other) -> one.startedAt().compareTo(other.startedAt()))
                        .map(run -> new Mark(
                                seconds(run.startedAt()), run.procedure().title()))
                        .toList(),
                sentence);
    }

    /** The largest lag of each span; a span with an unknown lag stays unknown. */
    static List<Sample> thin(List<Sample> samples) {
        int span = Math.ceilDiv(samples.size(), MOST_POINTS);
        if (span <= 1) {
            return samples;
        }
        List<Sample> kept = new ArrayList<>();
        for (int start = 0; start < samples.size(); start += span) {
            kept.add(samples.subList(start, Math.min(samples.size(), start + span)).stream()
                    .reduce(LagChart::larger)
                    .orElseThrow());
        }
        return kept;
    }

    private static Sample larger(Sample one, Sample other) {
        if (one.lagBytes() == null || other.lagBytes() == null) {
            return one.lagBytes() == null ? one : other;
        }
        return other.lagBytes() > one.lagBytes() ? other : one;
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }
}
