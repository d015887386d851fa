package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Two clusters whose tables are altered, the control plane that looks at them, and what its guard says. */
final class AlteredTables implements AutoCloseable {

    static final Duration SOON = Duration.ofMinutes(1);
    static final Duration LATER = Duration.ofMinutes(4);

    private static final String GUARD = "tables-unaltered";

    final LabWorld world;
    final ControlPlane upshift;

    private AlteredTables(LabWorld world, ControlPlane upshift) {
        this.world = world;
        this.upshift = upshift;
    }

    /** With the schema copied, and nothing else. */
    static AlteredTables copied(LabWorld world, String tables, Path directory) throws Exception {
        world.source().execute("shop", tables);
        ControlPlane upshift = ControlPlane.start(directory);
        upshift.register(ControlPlane.project(world, settings -> settings));
        upshift.succeed("copy-schema", SOON);
        return new AlteredTables(world, upshift);
    }

    void onSource(String statements) {
        world.source().execute("shop", statements);
    }

    /** Where a switch back has left a fence, too. */
    void onTarget(String statements) {
        world.target().execute("shop", "begin read write; %s; commit".formatted(statements));
    }

    void arrived(String count) {
        Awaitility.await(count)
                .atMost(SOON)
                .until(() -> world.target().value("shop", count).equals("1"));
    }

    String reason(String procedure) {
        return reason(procedure, GUARD);
    }

    String reason(String procedure, String guard) {
        return guards(procedure)
                .filter(result -> guard.equals(result.get("guard")))
                .map(result ->
                        Boolean.TRUE.equals(result.get("allowed")) ? "allowed" : String.valueOf(result.get("reason")))
                .findFirst()
                .orElse("not looked at");
    }

    void verifiedAndAllowed() {
        upshift.succeed("verify", LATER);
        assertThat(reason("cutover")).isEqualTo("allowed");
    }

    private Stream<Map<?, ?>> guards(String procedure) {
        return ((List<?>) upshift.plan(procedure).get("guards")).stream().map(result -> (Map<?, ?>) result);
    }

    @Override
    public void close() {
        upshift.close();
        world.close();
    }
}
