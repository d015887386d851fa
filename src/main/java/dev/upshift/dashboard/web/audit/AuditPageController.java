package dev.upshift.dashboard.web.audit;

import dev.upshift.audit.AuditTrail;
import dev.upshift.dashboard.web.situation.Heading;
import dev.upshift.dashboard.web.situation.Situations;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Who did what to a project. */
@Controller
class AuditPageController {

    /** More is in the API. */
    private static final int SHOWN = 200;

    private final Situations situations;
    private final AuditTrail trail;

    AuditPageController(Situations situations, AuditTrail trail) {
        this.situations = situations;
        this.trail = trail;
    }

    @GetMapping("/projects/{slug}/audit")
    String page(@PathVariable String slug, Model model) {
        model.addAttribute("heading", Heading.of(situations.of(slug)))
                .addAttribute("entries", trail.ofProject(slug, SHOWN))
                .addAttribute("shown", SHOWN);
        return "audit/audit";
    }
}
