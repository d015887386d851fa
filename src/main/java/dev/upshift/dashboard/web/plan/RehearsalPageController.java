package dev.upshift.dashboard.web.plan;

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

/** The page on which a rehearsal is started: it can start nothing else. */
@Controller
@RequestMapping("/projects/{slug}/rehearsal")
class RehearsalPageController {

    private final Situations situations;
    private final Procedures procedures;
    private final DirectClients directClients;

    RehearsalPageController(Situations situations, Procedures procedures, DirectClients directClients) {
        this.situations = situations;
        this.procedures = procedures;
        this.directClients = directClients;
    }

    @GetMapping
    String page(@PathVariable String slug, Model model) {
        return show(slug, List.of(), model);
    }

    @PostMapping
    String start(
            @PathVariable String slug,
            @RequestParam @Nullable String planVersion,
            @RequestParam @Nullable String confirmation,
            Model model,
            HttpServletResponse response) {
        try {
            Run run = procedures.start(
                    slug, ProcedureName.REHEARSE, planVersion, confirmation == null ? null : confirmation.strip());
            return "redirect:/projects/" + run.slug() + "/runs/" + run.number();
        } catch (RunRefused refused) {
            response.setStatus(HttpStatus.CONFLICT.value());
            return show(slug, refused.reasons(), model);
        }
    }

    private String show(String slug, List<String> refused, Model model) {
        Situation situation = situations.of(slug);
        model.addAttribute("heading", Heading.of(situation))
                .addAttribute("refused", refused)
                .addAttribute("wording", Wording.of(ProcedureName.REHEARSE))
                .addAttribute("directClients", directClients.of(slug))
                .addAttribute("view", PlanView.of(procedures.plan(slug, ProcedureName.REHEARSE), situation));
        return "plan/rehearsal";
    }
}
