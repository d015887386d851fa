package dev.upshift.dashboard.web.projects;

import dev.upshift.dashboard.web.project.Next;
import dev.upshift.dashboard.web.situation.Situation;
import dev.upshift.dashboard.web.situation.Situations;
import dev.upshift.monitoring.Monitoring;
import dev.upshift.monitoring.Monitoring.Sample;
import dev.upshift.project.Project;
import io.github.wimdeblauwe.htmx.spring.boot.mvc.HxRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The wall screen: every project in one row, those that need attention first. */
@Controller
class ProjectsController {

    private static final Duration SPARKLINE = Duration.ofMinutes(15);
    private static final Comparator<ProjectRow> ORDER = Comparator.comparingInt(ProjectRow::urgency)
            .reversed()
            .thenComparing(row -> row.heading().name(), String.CASE_INSENSITIVE_ORDER);

    private final Situations situations;
    private final Monitoring monitoring;
    private final Clock clock;

    ProjectsController(Situations situations, Monitoring monitoring, Clock clock) {
        this.situations = situations;
        this.monitoring = monitoring;
        this.clock = clock;
    }

    @GetMapping("/")
    String start() {
        return "redirect:/projects";
    }

    @GetMapping("/projects")
    String page(Model model) {
        model.addAttribute("rows", rows());
        return "projects/list";
    }

    @HxRequest
    @GetMapping("/projects")
    String live(Model model) {
        model.addAttribute("rows", rows());
        return "projects/list :: live";
    }

    private List<ProjectRow> rows() {
        Instant from = clock.instant().minus(SPARKLINE);
        return situations.all().stream()
                .map(situation -> row(situation, from))
                .sorted(ORDER)
                .toList();
    }

    private ProjectRow row(Situation situation, Instant from) {
        Project project = situation.project();
        List<Sample> samples = project.phase().isFinal() ? List.of() : monitoring.samples(project.slug(), from);
        Sparkline lag = Sparkline.of(samples, from, SPARKLINE);
        return ProjectRow.of(situation, lag, Next.of(situation).words());
    }
}
