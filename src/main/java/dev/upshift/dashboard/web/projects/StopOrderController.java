package dev.upshift.dashboard.web.projects;

import dev.upshift.engine.RunRefused;
import dev.upshift.engine.StopSwitch;
import dev.upshift.engine.StopSwitch.ActiveRun;
import dev.upshift.engine.StopSwitch.Stopped;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The operators' switch for all runs, on the page of all projects. */
@Controller
class StopOrderController {

    private static final String BACK = "redirect:/projects#stop-order";

    private final StopSwitch stopSwitch;

    StopOrderController(StopSwitch stopSwitch) {
        this.stopSwitch = stopSwitch;
    }

    @PostMapping("/stop-order")
    String stop(
            @RequestParam @Nullable String confirmation,
            @RequestParam @Nullable String reason,
            RedirectAttributes flash) {
        return tell(flash, () -> flash.addFlashAttribute("told", words(stopSwitch.stop(confirmation, reason))));
    }

    @PostMapping("/stop-order/lift")
    String allow(@RequestParam @Nullable String confirmation, RedirectAttributes flash) {
        return tell(flash, () -> stopSwitch.allow(confirmation));
    }

    private static String tell(RedirectAttributes flash, Runnable order) {
        try {
            order.run();
        } catch (RunRefused refused) {
            flash.addFlashAttribute("refused", refused.reasons());
        }
        return BACK;
    }

    private static String words(Stopped stopped) {
        if (stopped.aborting().isEmpty() && stopped.goingOn().isEmpty()) {
            return "No run was under way.";
        }
        return "Being aborted: %s. Past the point of no return, going on: %s."
                .formatted(names(stopped.aborting()), names(stopped.goingOn()));
    }

    private static String names(List<ActiveRun> runs) {
        return runs.isEmpty()
                ? "none"
                : runs.stream().map(run -> run.slug() + " run " + run.number()).collect(Collectors.joining(", "));
    }
}
