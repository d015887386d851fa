package dev.upshift.dashboard.web.tables;

import dev.upshift.dashboard.web.Figures;
import dev.upshift.dashboard.web.situation.Heading;
import dev.upshift.dashboard.web.situation.Situation;
import dev.upshift.dashboard.web.situation.Situations;
import dev.upshift.monitoring.Monitoring;
import dev.upshift.monitoring.TablePage;
import io.github.wimdeblauwe.htmx.spring.boot.mvc.HxRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** All tables of a project, filtered, sorted, page by page. */
@Controller
@RequestMapping("/projects/{slug}/tables")
class TablesController {

    private final Situations situations;
    private final Monitoring monitoring;
    private final Figures figures;

    TablesController(Situations situations, Monitoring monitoring, Figures figures) {
        this.situations = situations;
        this.monitoring = monitoring;
        this.figures = figures;
    }

    @ModelAttribute("filter")
    TableFilter filter(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "false") boolean descending,
            @RequestParam(defaultValue = "1") int page) {
        return TableFilter.of(state, name, sort, descending, page);
    }

    @GetMapping
    String page(@PathVariable String slug, @ModelAttribute("filter") TableFilter filter, Model model) {
        fill(slug, filter, model);
        return "tables/tables";
    }

    @HxRequest
    @GetMapping
    String live(@PathVariable String slug, @ModelAttribute("filter") TableFilter filter, Model model) {
        fill(slug, filter, model);
        return "tables/tables :: live";
    }

    private void fill(String slug, TableFilter filter, Model model) {
        Situation situation = situations.of(slug);
        TablePage page = monitoring.tables(slug, filter.query());
        model.addAttribute("heading", Heading.of(situation))
                .addAttribute("over", situation.project().phase().isFinal())
                .addAttribute("page", page)
                .addAttribute("rows", page.items().stream().map(TableRow::of).toList())
                .addAttribute("choices", StateChoice.of(page, filter, figures));
    }
}
