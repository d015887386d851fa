package dev.upshift.engine.web;

import dev.upshift.engine.StopSwitch;
import dev.upshift.engine.StopSwitch.StopOrder;
import dev.upshift.engine.StopSwitch.Stopped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Stops all runs of all projects, and allows them again. */
@RestController
@RequestMapping("/api/v1/stop-order")
@Tag(name = "stop order")
class StopController {

    private final StopSwitch stopSwitch;

    StopController(StopSwitch stopSwitch) {
        this.stopSwitch = stopSwitch;
    }

    @Operation(summary = "Whether all runs are stopped, by whom and why")
    @GetMapping
    Standing standing() {
        return new Standing(stopSwitch.order().isPresent(), stopSwitch.order().orElse(null));
    }

    @Operation(summary = "Stop all runs of all projects")
    @PostMapping
    Stopped stop(@RequestBody StopRequest request) {
        return stopSwitch.stop(request.confirmation(), request.reason());
    }

    @Operation(summary = "Allow runs again")
    @PostMapping("/lift")
    Standing allow(@RequestBody AllowRequest request) {
        stopSwitch.allow(request.confirmation());
        return standing();
    }

    /** @param order the order in force; null while runs are allowed */
    record Standing(boolean stopped, @Nullable StopOrder order) {}

    /** @param confirmation “stop all runs” */
    record StopRequest(
            @Nullable String confirmation, @Nullable String reason) {}

    /** @param confirmation “allow runs” */
    record AllowRequest(@Nullable String confirmation) {}
}
