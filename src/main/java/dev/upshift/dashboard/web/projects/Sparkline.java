package dev.upshift.dashboard.web.projects;

import dev.upshift.monitoring.Monitoring.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A small line without axes, {@value #WIDTH} wide and {@value #HEIGHT} high.
 *
 * @param points as SVG's {@code polyline} takes them; empty when there is nothing to draw
 * @param peak the highest value
 * @param last the latest; null when it is not known
 */
public record Sparkline(String points, long peak, @Nullable Long last) {

    private static final int WIDTH = 120;
    private static final int HEIGHT = 24;

    /** The lag from {@code from} over {@code window}. */
    static Sparkline of(List<Sample> samples, Instant from, Duration window) {
        long peak = samples.stream()
                .map(Sample::lagBytes)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        String points = samples.stream()
                .filter(sample -> sample.lagBytes() != null)
                .map(sample -> point(sample, from, window, Math.max(1, peak)))
                .collect(Collectors.joining(" "));
        return new Sparkline(
                points, peak, samples.isEmpty() ? null : samples.getLast().lagBytes());
    }

    private static String point(Sample sample, Instant from, Duration window, long peak) {
        double x = WIDTH * (double) Duration.between(from, sample.at()).toMillis() / window.toMillis();
        double lag = Objects.requireNonNull(sample.lagBytes());
        double y = HEIGHT - 1 - (HEIGHT - 2) * lag / peak;
        return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
    }
}
