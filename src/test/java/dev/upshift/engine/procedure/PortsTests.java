package dev.upshift.engine.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.PoolerFleet;
import dev.upshift.pooler.PoolerPorts;
import dev.upshift.postgres.ServerPorts;
import dev.upshift.project.Projects;
import dev.upshift.records.Records;
import dev.upshift.shared.Port.Looks;
import dev.upshift.shared.Port.Releases;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which methods of ports are done without asking whether the run is ours for sure: nobody adds to them unnoticed. */
class PortsTests {

    @Test
    void clientsAreLetGoByTheseAlone() {
        assertThat(methods(Releases.class))
                .containsExactlyInAnyOrder(
                        "Fence.lift",
                        "Fence.endHolders",
                        "Fence.endWithin",
                        "Fence.endSession",
                        "Fence.endMarked",
                        "PoolerFleet.releaseClients");
    }

    @Test
    void whatLastsIsNoLook() {
        assertThat(methods(Looks.class))
                .contains("Links.subscription", "Fence.read", "PoolerFleet.entries", "ConfigurationStore.read")
                .doesNotContain(
                        "Links.publish",
                        "Links.createSlot",
                        "Links.dropSlot",
                        "Links.subscribe",
                        "Links.enable",
                        "Links.disable",
                        "Links.refresh",
                        "Links.advanceOrigin",
                        "Links.advanceSlot",
                        "Links.flush",
                        "Links.dropSubscription",
                        "Links.dropPublication",
                        "Fence.raise",
                        "Fence.endClientSessions",
                        "Fence.endSessions",
                        "Sequences.set",
                        "HelperSchema.create",
                        "HelperSchema.drop",
                        "HelperSchema.write",
                        "SchemaCopy.copyRoles",
                        "SchemaCopy.createDatabase",
                        "SchemaCopy.restore",
                        "SchemaCopy.buildHeldBack",
                        "RoleLevelling.level",
                        "TargetCleaning.truncate",
                        "TargetCleaning.dropRoles",
                        "TargetCleaning.dropDatabase",
                        "Statistics.analyze",
                        "PoolerFleet.holdClients",
                        "PoolerFleet.reload",
                        "PoolerFleet.reconnect",
                        "ConfigurationStore.stage",
                        "ConfigurationStore.activate",
                        "ConfigurationStore.unstage",
                        "ConfigurationStore.replace",
                        "RaisedFences.keep",
                        "RaisedFences.forget",
                        "HeldBackSchemas.keep",
                        "HeldBackSchemas.forget",
                        "LinkRecords.keepTables",
                        "LinkRecords.keepMarks",
                        "LinkRecords.forget",
                        "Projects.transition");
    }

    private static Set<String> methods(Class<? extends Annotation> said) {
        return Stream.concat(
                        Stream.of(ServerPorts.class, PoolerPorts.class, Records.class)
                                .flatMap(set -> Arrays.stream(set.getRecordComponents()))
                                .map(RecordComponent::getType),
                        Stream.of(PoolerFleet.class, ConfigurationStore.class, Projects.class))
                .flatMap(port -> Arrays.stream(port.getMethods())
                        .filter(method -> method.isAnnotationPresent(said))
                        .map(method -> port.getSimpleName() + "." + method.getName()))
                .collect(Collectors.toSet());
    }
}
