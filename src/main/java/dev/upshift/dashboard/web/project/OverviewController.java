package dev.upshift.dashboard.web.project;

import dev.upshift.dashboard.web.Figures;
import dev.upshift.dashboard.web.situation.Heading;
import dev.upshift.dashboard.web.situation.Situation;
import dev.upshift.dashboard.web.situation.Situations;
import dev.upshift.monitoring.Monitoring;
import io.github.wimdeblauwe.htmx.spring.boot.mvc.HxRequest;
import java.time.Duration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The first page of a project. */
@Controller
@RequestMapping("/projects/{slug}")
class OverviewController {

    private static final int LONGEST_CHART_MINUTES = 24 * 60;

    private final Situations situations;
    private final Monitoring monitoring;
    private final LagCharts charts;
    private final Figures figures;

    OverviewController(Situations situations, Monitoring monitoring, LagCharts charts, Figures figures) {
        this.situations = situations;
        this.monitoring = monitoring;
        this.charts = charts;
        this.figures = figures;
    }

    @GetMapping
    String page(@PathVariable String slug, Model model) {
        fill(slug, model);
        return "project/overview";
    }

    @HxRequest
    @GetMapping
    String live(@PathVariable String slug, Model model) {
        fill(slug, model);
        return "project/overview :: live";
    }

    @ResponseBody
    @GetMapping("/chart")
    LagChart chart(@PathVariable String slug, @RequestParam(defaultValue = "15") int minutes) {
        return charts.last(slug, Duration.ofMinutes(Math.clamp(minutes, 1, LONGEST_CHART_MINUTES)));
    }

    private void fill(String slug, Model model) {
        Situation situation = situations.of(slug);
        model.addAttribute("heading", Heading.of(situation))
                .addAttribute("picture", Picture.of(situation, figures))
                .addAttribute("steps", PhaseStep.of(situation))
                .addAttribute("next", Next.of(situation))
                .addAttribute("failure", Failure.of(situation).orElse(null))
                .addAttribute("snapshot", situation.snapshot())
                .addAttribute("over", situation.project().phase().isFinal())
                .addAttribute("slow", SlowTables.of(monitoring.tables(slug, SlowTables.QUERY)));
    }
}
