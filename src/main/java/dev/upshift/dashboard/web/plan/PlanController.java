package dev.upshift.dashboard.web.plan;

import dev.upshift.dashboard.web.frame.PageNotFound;
import dev.upshift.dashboard.web.situation.Heading;
import dev.upshift.dashboard.web.situation.Situation;
import dev.upshift.dashboard.web.situation.Situations;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunRefused;
import dev.upshift.monitoring.DirectClients;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a procedure would do now, whether it may, and the button that starts it. */
@Controller
@RequestMapping("/projects/{slug}/procedures/{procedure}")
class PlanController {

    private final Situations situations;
    private final Procedures procedures;
    private final DirectClients directClients;

    PlanController(Situations situations, Procedures procedures, DirectClients directClients) {
        this.situations = situations;
        this.procedures = procedures;
        this.directClients = directClients;
    }

    @GetMapping
    String page(@PathVariable String slug, @PathVariable String procedure, Model model) {
        return show(slug, named(slug, procedure), List.of(), model);
    }

    @PostMapping
    String start(
            @PathVariable String slug,
            @PathVariable String procedure,
            @RequestParam @Nullable String planVersion,
            @RequestParam @Nullable String confirmation,
            Model model,
            HttpServletResponse response) {
        ProcedureName name = named(slug, procedure);
        try {
            Run run = procedures.start(slug, name, planVersion, confirmation == null ? null : confirmation.strip());
            return "redirect:/projects/" + run.slug() + "/runs/" + run.number();
        } catch (RunRefused refused) {
            response.setStatus(HttpStatus.CONFLICT.value());
            return show(slug, name, refused.reasons(), model);
        }
    }

    private String show(String slug, ProcedureName procedure, List<String> refused, Model model) {
        Situation situation = situations.of(slug);
        model.addAttribute("heading", Heading.of(situation))
                .addAttribute("refused", refused)
                .addAttribute("wording", Wording.of(procedure))
                .addAttribute("directClients", procedure.isSwitch() ? directClients.of(slug) : List.of())
                .addAttribute("view", PlanView.of(procedures.plan(slug, procedure), situation));
        return "plan/plan";
    }

    /** A rehearsal has a {@linkplain RehearsalPageController page of its own}, which nobody can take for a switch's. */
    private static ProcedureName named(String slug, String word) {
        return ProcedureName.ofWord(word)
                .filter(name -> name != ProcedureName.REHEARSE)
                .orElseThrow(() -> new PageNotFound(slug, "There is no procedure " + word + " here."));
    }
}
