package dev.upshift.dashboard.web.verify;

import dev.upshift.dashboard.web.situation.Heading;
import dev.upshift.dashboard.web.situation.Situation;
import dev.upshift.dashboard.web.situation.Situations;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures.Available;
import dev.upshift.verification.Verifications;
import io.github.wimdeblauwe.htmx.spring.boot.mvc.HxRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What the latest comparison of both sides found, table by table. */
@Controller
@RequestMapping("/projects/{slug}/verify")
class VerifyController {

    private final Situations situations;
    private final Verifications verifications;

    VerifyController(Situations situations, Verifications verifications) {
        this.situations = situations;
        this.verifications = verifications;
    }

    @GetMapping
    String page(@PathVariable String slug, @RequestParam(defaultValue = "1") int page, Model model) {
        fill(slug, page, model);
        return "verify/verify";
    }

    @HxRequest
    @GetMapping
    String live(@PathVariable String slug, @RequestParam(defaultValue = "1") int page, Model model) {
        fill(slug, page, model);
        return "verify/verify :: live";
    }

    private void fill(String slug, int page, Model model) {
        Situation situation = situations.of(slug);
        Available verify = situation.procedures().stream()
                .filter(one -> one.procedure() == ProcedureName.VERIFY)
                .findFirst()
                .orElse(new Available(ProcedureName.VERIFY, "The project is over."));
        model.addAttribute("heading", Heading.of(situation))
                .addAttribute("verify", verify)
                .addAttribute("running", situation.current().orElse(null))
                .addAttribute(
                        "results",
                        verifications
                                .latest(slug)
                                .map(latest -> Results.of(latest, page))
                                .orElse(null));
    }
}
