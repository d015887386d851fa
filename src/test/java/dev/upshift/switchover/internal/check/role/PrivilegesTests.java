package dev.upshift.switchover.internal.check.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.role.Roles;
import dev.upshift.postgres.role.Roles.Duty;
import dev.upshift.project.ExampleProjects;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrivilegesTests {

    @Test
    void theHardFenceIsAskedForOnlyWhereItIsChosen() {
        assertThat(duties(true)).contains(Duty.HARD_FENCE, Duty.FENCE);
        assertThat(duties(false)).contains(Duty.FENCE).doesNotContain(Duty.HARD_FENCE);
    }

    /** What is asked of our role on the source. */
    private static List<Object> duties(boolean hard) {
        List<Object> asked = new ArrayList<>();
        Roles roles = ExamplePorts.proxy(Roles.class, (method, arguments) -> {
            if (ExamplePorts.isOnSource(arguments[0])) {
                asked.addAll((Collection<?>) arguments[1]);
            }
            return List.of();
        });
        try (Switch sw = new Switch(ExampleProjects.accepting(List.of(), hard), Side.SOURCE, ExamplePorts.of(roles))) {
            assertThat(Privileges.lacking(sw, Role.WORK)).isEmpty();
        }
        return asked;
    }
}
