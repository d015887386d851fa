package dev.upshift.dashboard.web.project;

import dev.upshift.dashboard.web.Figures;
import dev.upshift.engine.Procedures;
import dev.upshift.monitoring.Monitoring;
import dev.upshift.monitoring.Monitoring.Sample;
import dev.upshift.project.Projects;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/** Makes lag charts of a project's last minutes. */
@Component
class LagCharts {

    private final Projects projects;
    private final Monitoring monitoring;
    private final Procedures procedures;
    private final Figures figures;
    private final Clock clock;

    LagCharts(Projects projects, Monitoring monitoring, Procedures procedures, Figures figures, Clock clock) {
        this.projects = projects;
        this.monitoring = monitoring;
        this.procedures = procedures;
        this.figures = figures;
        this.clock = clock;
    }

    /** @throws dev.upshift.project.ProjectNotFound if there is none */
    LagChart last(String slug, Duration window) {
        projects.get(slug);
        Instant now = clock.instant();
        Instant from = now.minus(window);
        List<Sample> samples = monitoring.samples(slug, from);
        return LagChart.of(from, now, samples, procedures.runs(slug), sentence(samples, window));
    }

    private String sentence(List<Sample> samples, Duration window) {
        OptionalLong peak = samples.stream()
                .map(Sample::lagBytes)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max();
        if (peak.isEmpty()) {
            return "No lag was measured in the last " + figures.duration(window) + ".";
        }
        Long now = samples.getLast().lagBytes();
        return "%s; at most %s in the last %s."
                .formatted(
                        now == null ? "Lag is not known now" : figures.bytes(now) + " behind now",
                        figures.bytes(peak.getAsLong()),
                        figures.duration(window));
    }
}
