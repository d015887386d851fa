package dev.upshift.dashboard.web.runs;

import dev.upshift.dashboard.web.Figures;
import dev.upshift.dashboard.web.frame.PageNotFound;
import dev.upshift.dashboard.web.procedure.RehearsalView;
import dev.upshift.dashboard.web.project.Picture;
import dev.upshift.dashboard.web.situation.Heading;
import dev.upshift.dashboard.web.situation.Situation;
import dev.upshift.dashboard.web.situation.Situations;
import dev.upshift.engine.Procedures;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunRefused;
import dev.upshift.switchover.Rehearsals;
import io.github.wimdeblauwe.htmx.spring.boot.mvc.HxRequest;
import java.time.Clock;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The runs of a project, and each of them, live. */
@Controller
@RequestMapping("/projects/{slug}/runs")
class RunsController {

    private final Situations situations;
    private final Procedures procedures;
    private final Rehearsals rehearsals;
    private final Figures figures;
    private final Clock clock;

    RunsController(Situations situations, Procedures procedures, Rehearsals rehearsals, Figures figures, Clock clock) {
        this.situations = situations;
        this.procedures = procedures;
        this.rehearsals = rehearsals;
        this.figures = figures;
        this.clock = clock;
    }

    @GetMapping
    String list(@PathVariable String slug, Model model) {
        fillList(slug, model);
        return "runs/list";
    }

    @HxRequest
    @GetMapping
    String liveList(@PathVariable String slug, Model model) {
        fillList(slug, model);
        return "runs/list :: live";
    }

    @GetMapping("/{number}")
    String run(@PathVariable String slug, @PathVariable int number, Model model) {
        fillRun(slug, number, model);
        return "runs/run";
    }

    @HxRequest
    @GetMapping("/{number}")
    String liveRun(@PathVariable String slug, @PathVariable int number, Model model) {
        fillRun(slug, number, model);
        return "runs/run :: live";
    }

    @PostMapping("/{number}/abort")
    String abort(@PathVariable String slug, @PathVariable int number, RedirectAttributes flash) {
        return tell(slug, number, flash, procedures::abort);
    }

    @PostMapping("/{number}/continue")
    String resume(@PathVariable String slug, @PathVariable int number, RedirectAttributes flash) {
        return tell(slug, number, flash, procedures::resume);
    }

    private String tell(String slug, int number, RedirectAttributes flash, BiConsumer<String, Integer> order) {
        find(situations.of(slug), number);
        try {
            order.accept(slug, number);
        } catch (RunRefused refused) {
            flash.addFlashAttribute("refused", refused.reasons());
        }
        flash.addAttribute("slug", slug).addAttribute("number", number);
        return "redirect:/projects/{slug}/runs/{number}";
    }

    private void fillList(String slug, Model model) {
        Situation situation = situations.of(slug);
        model.addAttribute("heading", Heading.of(situation))
                .addAttribute(
                        "rows",
                        situation.runs().stream()
                                .map(run -> RunRow.of(run, clock))
                                .toList());
    }

    private void fillRun(String slug, int number, Model model) {
        Situation situation = situations.of(slug);
        Run run = find(situation, number);
        long budget = run.pauseBudgetMillis()
                .orElseGet(() -> situation.project().settings().pauseBudget().toMillis());
        RunView view = RunView.of(
                RunRow.of(run, clock),
                procedures.journal(slug, number),
                PauseClock.of(run, procedures.pause(slug, number).orElse(null), budget));
        model.addAttribute("heading", Heading.of(situation))
                .addAttribute("view", view)
                .addAttribute(
                        "report",
                        rehearsals.of(slug, number).map(RehearsalView::of).orElse(null))
                .addAttribute("picture", Picture.of(situation, figures));
    }

    private static Run find(Situation situation, int number) {
        return situation.runs().stream()
                .filter(run -> run.number() == number)
                .findFirst()
                .orElseThrow(() -> {
                    String slug = situation.project().slug();
                    return new PageNotFound(slug, "Project " + slug + " has no run " + number + ".");
                });
    }
}
