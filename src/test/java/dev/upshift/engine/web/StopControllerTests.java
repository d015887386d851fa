package dev.upshift.engine.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.RunRefused;
import dev.upshift.engine.StopSwitch;
import dev.upshift.engine.StopSwitch.ActiveRun;
import dev.upshift.engine.StopSwitch.StopOrder;
import dev.upshift.engine.StopSwitch.Stopped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

class StopControllerTests {

    private final Switch stopSwitch = new Switch();
    private final MockMvcTester mvc = MockMvcTester.of(
            List.of(new StopController(stopSwitch)),
            builder -> builder.setControllerAdvice(new RunProblems()).build());

    @Test
    void anOrderIsGivenSeenAndLifted() {
        assertThat(mvc.post()
                        .uri("/api/v1/stop-order")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"confirmation\": \"stop all runs\", \"reason\": \"storage trouble\"}"))
                .hasStatusOk()
                .bodyJson()
                .hasPathSatisfying(
                        "$.order.reason", reason -> reason.assertThat().isEqualTo("storage trouble"))
                .hasPathSatisfying(
                        "$.goingOn[0].slug", slug -> slug.assertThat().isEqualTo("shop"));
        assertThat(mvc.get().uri("/api/v1/stop-order"))
                .hasStatusOk()
                .bodyJson()
                .hasPathSatisfying("$.stopped", stopped -> stopped.assertThat().isEqualTo(true))
                .hasPathSatisfying("$.order.by", by -> by.assertThat().isEqualTo("ola"));
        assertThat(mvc.post()
                        .uri("/api/v1/stop-order/lift")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"confirmation\": \"allow runs\"}"))
                .hasStatusOk()
                .bodyJson()
                .hasPathSatisfying("$.stopped", stopped -> stopped.assertThat().isEqualTo(false));
    }

    @Test
    void anOrderThatIsNotConfirmedIsRefused() {
        assertThat(mvc.post()
                        .uri("/api/v1/stop-order")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{}"))
                .hasStatus(HttpStatus.CONFLICT)
                .bodyText()
                .contains("Type it.");
        assertThat(stopSwitch.order()).isEmpty();
    }

    private static final class Switch implements StopSwitch {

        private @Nullable StopOrder order;

        @Override
        public Optional<StopOrder> order() {
            return Optional.ofNullable(order);
        }

        @Override
        public Stopped stop(@Nullable String confirmation, @Nullable String reason) {
            if (!STOP.equals(confirmation)) {
                throw new RunRefused(List.of("Type it."));
            }
            StopOrder placed = new StopOrder("ola", reason == null ? "" : reason, Instant.EPOCH);
            order = placed;
            return new Stopped(placed, List.of(), List.of(new ActiveRun("shop", 3)));
        }

        @Override
        public void allow(@Nullable String confirmation) {
            order = null;
        }
    }
}
